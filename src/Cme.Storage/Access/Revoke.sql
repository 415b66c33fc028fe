-- Ends a key. Served by the primary key of api_key.
update cme.api_key k
   set revoked_at = now()
 where k.id = @id and k.authority = @authority and k.revoked_at is null
returning k.id
