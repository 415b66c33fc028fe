-- A few pupils of a school. Served by the primary key of pupil.
select p.school_pupil_id, p.child_id, p.year_group, p.entry_date, p.leaving_date, p.timetable
  from cme.pupil p
 where p.authority = @authority and p.urn = @urn and p.school_pupil_id = any (@pupils)
 order by p.school_pupil_id
