-- A person is named no longer. Served by the primary key.
update cme.named_reader n
   set ended_at = now(), ended_by = @by
 where n.id = @id and n.authority = @authority and n.subject = any (@subjects) and n.ended_at is null
returning n.id
