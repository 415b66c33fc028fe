-- Forgets forms that have expired. Served by kept_form_expires_idx.
delete from cme.kept_form k where k.expires_at <= @now returning k.person
