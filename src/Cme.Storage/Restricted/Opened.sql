-- What was opened with a reason, what waits to be acknowledged first. Served by break_glass_waiting_idx and break_glass_authority_idx.
select g.id, g.person, g.name, g.role, g.organisation, g.episode, g.child_id, g.reason, g.opened_at, g.expires_at, g.acknowledged_at, g.acknowledged_by
  from cme.break_glass g
 where g.authority = @authority
 order by g.acknowledged_at is null desc, g.opened_at desc
 limit @limit
