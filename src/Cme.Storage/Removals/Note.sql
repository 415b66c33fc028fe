-- Notes a removal as it was judged; one of the same day and ground that was put back before is off again.
insert into cme.removal (authority, urn, school_pupil_id, left_on, ground, child_id, episode, unmet, referral, noted_at)
values (@authority, @urn, @pupil, @leftOn, @ground, @child, @episode, @unmet, @referral, @at)
on conflict (authority, urn, school_pupil_id, left_on, ground) do update
   set unmet = excluded.unmet, referral = coalesce(excluded.referral, cme.removal.referral), noted_at = excluded.noted_at, put_back_at = null
