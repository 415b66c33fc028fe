-- Episodes by how many calendar days the child was missing, or has been. Served by episode_status_idx, or episode_school_idx for one school.
select b.bucket, count(e.reference) filter (where e.status = 'closed')::integer as closed, count(e.reference) filter (where e.status = 'open')::integer as open
  from unnest(@upto) with ordinality as b (upto, bucket)
  left join (
    select e.reference, e.status,
           coalesce((e.closed_at at time zone 'Europe/London')::date, @today) - e.first_day_missing as days
      from cme.episode e
     where e.authority = @authority
       and e.urn = @urn --? urn
       and (e.status = 'open' or (e.status = 'closed' and e.closed_at >= @since))
       and e.kind in ('whereabouts', 'cme')) e
    on e.days <= b.upto and e.days > coalesce((@upto)[b.bucket - 1], -100000)
 group by b.bucket
 order by b.bucket
