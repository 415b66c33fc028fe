-- Episodes opened by school and month. Served by episode_school_idx.
with began as materialized (
    select e.urn, date_trunc('month', e.opened_at at time zone 'Europe/London')::date as month, count(*) as opened
      from cme.episode e
     where e.authority = @authority and e.status in ('open', 'closed') and e.opened_at >= @since
     group by 1, 2
)
select s.urn, s.name, m.month::date as month, coalesce(b.opened, 0)::integer as opened
  from cme.school s
 cross join generate_series(@from::timestamp, @today::timestamp, interval '1 month') m (month)
  left join began b on b.urn = s.urn and b.month = m.month::date
 where s.authority = @authority
 order by s.name, s.urn, m.month
