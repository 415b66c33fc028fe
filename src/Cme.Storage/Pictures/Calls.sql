-- What came of calls home in each week. Served by event_call_idx; a correction is looked up by the primary key of event.
with called as materialized (
    select date_trunc('week', e.happened_at at time zone 'Europe/London')::date as week, e.data #>> '{deed,outcome}' as outcome
      from cme.event e
     where e.authority = @authority and e.type = 'ActionRecorded' and e.data #>> '{deed,action}' = 'call' and e.happened_at >= @since
       and exists (select from cme.episode o where o.reference = e.episode and o.urn = @urn) --? urn
       and not exists (select from cme.event c
                        where c.episode = e.episode and c.type = 'ActionRecorded' and (c.data #>> '{deed,corrects}')::bigint = e.version)
)
select w.week::date as week,
       count(*) filter (where c.outcome = 'parent-child-safe')::integer as safe,
       count(*) filter (where c.outcome <> 'parent-child-safe' and c.outcome <> all (@unanswered))::integer as answered,
       count(*) filter (where c.outcome = any (@unanswered))::integer as unanswered
  from generate_series(@from::timestamp, @today::timestamp, interval '7 days') w (week)
  left join called c on c.week = w.week::date
 group by w.week
 order by w.week
