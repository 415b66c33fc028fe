-- Keeps the criteria of a search.
insert into cme.search (id, authority, organisation, criteria, expires_at) values (@id, @authority, @organisation, @criteria, @expiresAt) returning id
