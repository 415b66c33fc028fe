-- Keeps a form, in the place of one kept before. Served by the primary key.
insert into cme.kept_form (authority, person, episode, form, content, expires_at)
values (@authority, @person, @episode, @form, @content, @expiresAt)
on conflict (authority, person, episode, form) do update set content = excluded.content, expires_at = excluded.expires_at
returning person
