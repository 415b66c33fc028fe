-- Everyone who ever was on a school's roll, with what its grain needs to know of each. Served by the primary key of pupil.
select p.school_pupil_id, p.upn, p.former_upns, p.child_id, p.year_group, p.flags, p.entry_date, p.leaving_date, p.on_list, p.first_language, p.version
  from cme.pupil p
 where p.authority = @authority and p.urn = @urn
