-- The name is on the roll again.
update cme.removal set put_back_at = @at
 where authority = @authority and urn = @urn and school_pupil_id = @pupil and left_on = @leftOn and ground = @ground and put_back_at is null
