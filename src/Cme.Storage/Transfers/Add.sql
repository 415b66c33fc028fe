-- Adds what was done about a file; the latest counts. Nothing is added if somebody was quicker.
insert into cme.transfer (authority, urn, school_pupil_id, left_on, version, route, destination, reference, done_by, done_at, note, recorded_at, recorded_by)
values (@authority, @urn, @pupil, @leftOn, @version, @route, @destination, @reference, @doneBy, @doneAt, @note, @at, @by)
on conflict do nothing
returning version
