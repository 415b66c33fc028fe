-- Forgets a form. Served by the primary key.
delete from cme.concern_draft d where d.id = @id returning d.expires_at
