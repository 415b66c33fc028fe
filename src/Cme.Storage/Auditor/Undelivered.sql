-- Schools with a signal that has waited too long for its child. Served by signal_undelivered_idx, which holds nothing else.
select s.authority, s.urn, min(s.stored_at)
  from cme.signal s
 where s.delivered_at is null and s.stored_at < now() - @age
 group by s.authority, s.urn
 order by min(s.stored_at), s.urn
 limit @most
