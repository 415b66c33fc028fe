-- The episode has heard of the concern, or (null) had closed before it could. Served by the primary key.
update cme.concern c
   set episode = @episode, joined_at = case when @episode is null then null else @at end, changed_at = now()
 where c.reference = @reference
returning c.reference
