-- A form that is being filled in and has not expired. Served by the primary key.
select d.content from cme.concern_draft d where d.id = @id and d.expires_at > @now
