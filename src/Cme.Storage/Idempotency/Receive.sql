-- Takes a request on, if its key is new or forgotten, or if whoever was at it has given up. Served by the primary key.
insert into cme.idempotency as k (authority, organisation, key, request, sending, attempt, received_at, attempted_at)
values (@authority, @organisation, @key, @request, @sending, @attempt, @now, @now)
on conflict (authority, organisation, key) do update
   set request = excluded.request, attempt = excluded.attempt, attempted_at = excluded.attempted_at, status = null, headers = null, body = null,
       sending = case when k.received_at <= @forgotten then excluded.sending else k.sending end,
       received_at = case when k.received_at <= @forgotten then excluded.received_at else k.received_at end
 where k.received_at <= @forgotten
    or (k.status is null and k.attempted_at <= @abandoned and k.request = excluded.request)
returning k.sending
