-- Lets the next repetition try at once. The sending stays: what failed may have been done. Served by the primary key.
update cme.idempotency k
   set attempted_at = '-infinity'
 where k.authority = @authority and k.organisation = @organisation and k.key = @key and k.attempt = @attempt and k.status is null
returning k.key
