-- UPNs of a school's pupils that belong to a child of another name and birth date, and that nobody has settled.
select c.school_pupil_id, c.child_id, c.upn, c.noted_at
  from cme.child_conflict c
 where c.authority = @authority and c.urn = @urn and c.resolved_at is null
 order by c.school_pupil_id
