-- What is held under a key. Served by the primary key.
select k.request, k.status, k.headers::text as headers, k.body
  from cme.idempotency k
 where k.authority = @authority and k.organisation = @organisation and k.key = @key
