-- What places were asked about children who are missing at another, with what each answered last. From the open cases of the authority, which
-- are few, served by episode_status_idx and event_asked_idx; what was answered by the primary key of event.
select a.data ->> 'question' as question, a.episode, h.urn, a.data ->> 'urn' as asked, h.child_id, (a.data ->> 'on')::date as day, a.known_at as asked_at,
       (a.data ->> 'answerBy')::timestamptz as answer_by, r.answer, r.answered_at, case when r.answer = 'seen' then r.seen_at end as seen_at
  from cme.episode h
  join cme.event a on a.episode = h.reference and a.type = 'PlaceAsked'
  left join lateral (select n.data ->> 'answer' as answer, n.known_at as answered_at, n.happened_at as seen_at from cme.event n
                      where n.episode = a.episode and n.version > a.version and n.type = 'PlaceAnswered' and n.data ->> 'question' = a.data ->> 'question'
                      order by n.version desc limit 1) r on true
 where h.authority = @authority
   and h.status = @status --? status
   and h.urn = @asking --? asking
   and h.reference = @episode --? episode
   and a.data ->> 'urn' = @asked --? asked
   and a.data ->> 'question' = @question --? question
 order by a.known_at desc, a.episode, a.version desc
