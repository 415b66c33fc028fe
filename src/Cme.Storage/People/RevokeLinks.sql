-- Ends what links a person has. Served by person_link_person_idx.
update cme.person_link l set revoked_at = @now where l.person = @person and l.used_at is null and l.revoked_at is null returning l.person
