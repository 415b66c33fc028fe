-- Episodes opened and closed in each week. Served by episode_status_idx, or episode_school_idx for one school.
with began as materialized (
    select date_trunc('week', e.opened_at at time zone 'Europe/London')::date as week, count(*) as opened
      from cme.episode e
     where e.authority = @authority and e.status in ('open', 'closed') and e.opened_at >= @since
       and e.urn = @urn --? urn
     group by 1
), ended as materialized (
    select date_trunc('week', e.closed_at at time zone 'Europe/London')::date as week, count(*) as closed
      from cme.episode e
     where e.authority = @authority and e.status = 'closed' and e.closed_at >= @since
       and e.urn = @urn --? urn
     group by 1
)
select w.week::date as week, coalesce(began.opened, 0)::integer as opened, coalesce(ended.closed, 0)::integer as closed
  from generate_series(@from::timestamp, @today::timestamp, interval '7 days') w (week)
  left join began on began.week = w.week::date
  left join ended on ended.week = w.week::date
 order by w.week
