-- Counts a failed sign-in, and clears away a few rows that nobody needs any more. Served by the primary key of sign_in_lock and
-- sign_in_lock_failed_idx.
with old as (
    delete from cme.sign_in_lock l
     where l.key in (select o.key from cme.sign_in_lock o
                      where o.failed_at < @now - interval '1 day' and o.key <> @key
                      order by o.failed_at limit 100 for update skip locked)
)
insert into cme.sign_in_lock as l (key, failures, failed_at) values (@key, 1, @now)
on conflict (key) do update
   set failures = case when l.failed_at < @since then 1 else l.failures + 1 end, failed_at = @now
returning l.failures
