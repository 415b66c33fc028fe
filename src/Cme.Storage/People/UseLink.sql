-- Uses a link up: of two requests that bring the same, the row's lock lets one find it unused. Served by the primary key of person_link.
update cme.person_link l set used_at = @now
 where l.hash = @hash and l.used_at is null and l.revoked_at is null and l.expires_at > @now
returning l.person
