-- Keeps a form that is being filled in, in the place of what it was. Served by the primary key.
insert into cme.concern_draft (id, content, expires_at) values (@id, @content, @expiresAt)
on conflict (id) do update set content = excluded.content, expires_at = excluded.expires_at
returning expires_at
