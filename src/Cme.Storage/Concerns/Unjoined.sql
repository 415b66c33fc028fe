-- Concerns whose episode may not have heard of them, and who matched them: whoever did died on the way. Served by concern_unjoined_idx.
select c.reference, c.episode,
       (select d.actor from cme.concern_deed d where d.concern = c.reference and d.data ->> 'action' = 'match' order by d.version desc limit 1) as matched_by
  from cme.concern c
 where c.episode is not null and c.joined_at is null
 order by c.received_at
 limit 100
