-- A school's signals that are stored and not yet delivered. Served by signal_undelivered_idx.
select s.sequence, s.child_id, s.payload::text as payload, s.created_at
  from cme.signal s
 where s.authority = @authority and s.urn = @urn and s.delivered_at is null
 order by s.sequence
