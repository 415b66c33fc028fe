-- A person has said which child it is; not if somebody else was quicker. Served by the primary key.
update cme.referral r
   set child_id = @child, matched_by = 'person', episode = @episode, decided_by = @by, decided_at = @at
 where r.reference = @reference and r.authority = @authority and r.child_id is null
returning r.*
