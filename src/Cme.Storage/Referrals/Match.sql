-- Children of the authority whom a referral may be about: by UPN, or by name and birth date. Served by child_upn's key and by
-- pupil_born_idx.
select distinct m.child_id, m.matched_by
  from (
    select u.child_id, 'upn' as matched_by
      from cme.child_upn u
     where u.authority = @authority and u.upn = @upn
    union all
    select p.child_id, 'name'
      from cme.pupil p
     where p.authority = @authority and p.date_of_birth = @born
       and lower(p.forename) = lower(@forename) and lower(p.surname) = lower(@surname)) m
