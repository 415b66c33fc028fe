-- The episode has heard of the referral, or (null) had closed before it could. Served by the primary key.
update cme.referral r
   set episode = @episode, joined_at = case when @episode is null then null else @at end
 where r.reference = @reference
returning r.reference
