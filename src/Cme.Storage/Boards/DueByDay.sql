-- Open steps of an authority that become overdue unless somebody acts, by the day in London. Open episodes first, by episode_status_idx, then
-- what each owes, by the obligation's key: a few thousand rows, read when the lead opens the page.
select (o.act_by at time zone 'Europe/London')::date as day, count(*)::integer as steps
  from cme.episode e
  join cme.obligation o on o.episode = e.reference
 where e.authority = @authority and e.status = 'open' and o.state = 'open' and o.act_by >= @from and o.act_by < @until
 group by 1
