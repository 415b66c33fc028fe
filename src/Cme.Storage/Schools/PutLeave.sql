-- Adds a version of a leave. One that is held already stores nothing and answers nothing.
insert into cme.leave_of_absence (authority, urn, id, version, school_pupil_id, first_day, expected_return, reason, authorised_by,
       cancelled, recorded_at, recorded_by)
values (@authority, @urn, @id, @version, @pupil, @from, @return, @reason, @by, @cancelled, @at, @recorder)
on conflict do nothing
returning version
