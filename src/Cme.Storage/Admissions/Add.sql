-- Adds what was seen of one proof; the latest counts. Nothing is added if somebody was quicker.
insert into cme.admission_document (authority, urn, school_pupil_id, proof, version, document, seen_on, seen_by, taken_back, recorded_at, recorded_by)
values (@authority, @urn, @pupil, @proof, @version, @document, @seenOn, @seenBy, @takenBack, @at, @by)
on conflict do nothing
returning version
