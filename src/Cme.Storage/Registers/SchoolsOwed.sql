-- Schools with a signal that has waited for delivery. Served by signal_undelivered_idx, which holds nothing else.
select distinct s.authority, s.urn
  from cme.signal s
 where s.delivered_at is null and s.stored_at <= now() - @age
 order by s.authority, s.urn
