-- Forgets forms that have expired. Served by concern_draft_expires_idx.
delete from cme.concern_draft d where d.expires_at <= @now returning d.expires_at
