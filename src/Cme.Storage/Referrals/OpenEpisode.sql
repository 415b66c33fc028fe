-- The open episode that a referral of a child belongs to: of its kind first, then at the referrer's own school, then the newest.
-- Served by episode_child_idx.
select e.reference
  from cme.episode e
 where e.authority = @authority and e.child_id = @child and e.status = 'open'
 order by e.kind = @kind desc, e.urn = @organisation desc, e.opened_at desc, e.reference
 limit 1
