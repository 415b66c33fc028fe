-- Forgets searches that have expired. Served by search_expires_idx.
delete from cme.search s where s.expires_at <= @now returning s.id
