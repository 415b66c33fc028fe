-- The stored obligations of an episode of the caller's. Served by the primary keys of owed and episode.
select o.episode, o.id, o.step, o.clause, o.role, o.org, o.due_at, o.alert_at, o.act_by, o.overdue_at, o.level, o.state, o.next_at,
       o.pack_version, o.calendar_version, o.engine_version
  from cme.obligation o
 where o.episode = @reference and o.authority = @authority
   and (o.urn = @urn or o.episode = any (cme.open_glass())) --? urn
 order by o.act_by, o.id
