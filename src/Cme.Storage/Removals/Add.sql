-- Keeps one question about a removal and its answer.
insert into cme.removal_asked (authority, urn, id, school_pupil_id, child_id, ground, gate, evidence, conditions, asked_at, asked_by)
values (@authority, @urn, @id, @pupil, @child, @ground, @gate, @evidence, @conditions, @at, @by)
