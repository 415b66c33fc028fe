-- The CME lead has seen it. Served by the primary key.
update cme.break_glass g
   set acknowledged_at = now(), acknowledged_by = @by
 where g.id = @id and g.authority = @authority and g.acknowledged_at is null
returning g.id
