insert into cme.letter (id, authority, urn, episode, kind, contact, addressee, address, body, language, translation, made_at, made_by)
values (@id, @authority, @urn, @episode, @kind, @contact, @addressee, @address, @body, @language, @translation, @at, @by)
on conflict (id) do nothing
