-- Forgets what is no longer recognised. Served by idempotency_received_idx.
delete from cme.idempotency k where k.received_at <= @forgotten returning k.key
