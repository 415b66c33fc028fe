-- Keeps the answer of an attempt, unless another attempt has taken its place. Served by the primary key.
update cme.idempotency k
   set status = @status, headers = @headers, body = @body
 where k.authority = @authority and k.organisation = @organisation and k.key = @key and k.attempt = @attempt
returning k.key
