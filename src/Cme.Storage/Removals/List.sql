-- Removals that were noted, the newest first. Served by removal_list_idx and the primary key.
select r.*, p.forename, p.surname, p.year_group, s.name as school_name
  from cme.removal r
  join cme.pupil p on p.authority = r.authority and p.urn = r.urn and p.school_pupil_id = r.school_pupil_id
  join cme.school s on s.authority = r.authority and s.urn = r.urn
 where r.authority = @authority
   and r.urn = @urn --? urn
   and r.child_id = @child --? child
   and r.unmet <> '{}' and r.put_back_at is null --? allTheSame
   and (r.noted_at, r.urn, r.school_pupil_id) < (@before, @beforeUrn, @beforePupil) --? before
 order by r.noted_at desc, r.urn desc, r.school_pupil_id desc
 limit @limit
