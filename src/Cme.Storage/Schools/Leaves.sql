-- Every version of every leave of a school, or of one leave. Served by the primary key of leave_of_absence.
select l.id, l.version, l.school_pupil_id, l.first_day, l.expected_return, l.reason, l.authorised_by, l.cancelled, l.recorded_at, l.recorded_by
  from cme.leave_of_absence l
 where l.authority = @authority and l.urn = @urn
   and l.id = @id --? id
 order by l.id, l.version
