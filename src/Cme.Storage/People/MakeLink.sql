-- Makes a link. The person's earlier ones end: only the last that was given out works.
with earlier as (
    update cme.person_link l set revoked_at = @now
     where l.person = @person and l.used_at is null and l.revoked_at is null
)
insert into cme.person_link (hash, person, made_by, made_at, expires_at) values (@hash, @person, @made_by, @now, @expires_at)
returning person
