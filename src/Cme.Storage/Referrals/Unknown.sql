-- A person has looked and found nobody: it goes on waiting. Served by the primary key.
update cme.referral r
   set decided_by = @by, decided_at = @at
 where r.reference = @reference and r.authority = @authority and r.child_id is null
returning r.reference
