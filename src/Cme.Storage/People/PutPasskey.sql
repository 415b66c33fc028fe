-- Adds a passkey, or what its use changed (its counter). One that is somebody else's stays theirs.
insert into cme.person_passkey as k (credential_id, person, body, created_at) values (@credential_id, @person, @body, @created_at)
on conflict (credential_id) do update set body = excluded.body where k.person = excluded.person
returning k.person
