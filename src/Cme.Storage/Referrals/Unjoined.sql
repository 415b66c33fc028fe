-- Referrals whose episode may not have heard of them: whoever took them in died on the way. Served by referral_unjoined_idx.
select r.reference, r.episode, r.kind, r.recorded_by
  from cme.referral r
 where r.episode is not null and r.joined_at is null
 order by r.received_at
 limit 100
