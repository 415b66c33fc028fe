-- Everyone who ever was on a school's roll, with what its grain needs to know of each. Served by the primary key of pupil. What is a
-- list is joined by the unit separator, null where it is empty as it nearly always is: arrays cost more than all the rest.
select p.school_pupil_id, p.upn, case when p.former_upns <> '{}' then array_to_string(p.former_upns, chr(31)) end, p.child_id,
       p.year_group, case when p.flags <> '{}' then array_to_string(p.flags, chr(31)) end, p.entry_date, p.leaving_date, p.on_list, p.version,
       p.first_language, p.ground, p.destination, p.timetable
  from cme.pupil p
 where p.authority = @authority and p.urn = @urn
