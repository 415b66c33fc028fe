-- Referrals of an authority, or of one organisation in it, newest first; or one of them. Served by referral_list_idx,
-- referral_waiting_idx, referral_child_idx and the primary key.
select r.*, e.urn as episode_urn, r.child_id is not null and cme.hides_address(r.authority, r.child_id, @hiding) as address_hidden
  from cme.referral r
  left join cme.episode e on e.reference = r.episode
 where r.authority = @authority
   and r.organisation = @organisation --? organisation
   and r.reference = @reference --? reference
   and r.child_id is null --? unmatched
   and r.child_id = @child --? child
   and (r.received_at < @before or (r.received_at = @before and r.reference > @beforeReference)) --? before
 order by r.received_at desc, r.reference
 limit @limit
