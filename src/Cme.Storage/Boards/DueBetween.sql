-- The same steps one by one, the soonest first.
select e.reference, e.forename, e.surname, e.year_group, e.urn, e.school_name, e.claimed_by, o.step, o.clause, o.role, o.act_by
  from cme.episode_row e
  join cme.obligation o on o.episode = e.reference
 where e.authority = @authority and e.status = 'open' and o.state = 'open' and o.act_by >= @from and o.act_by < @until
 order by o.act_by, e.reference, o.id
 limit @limit
