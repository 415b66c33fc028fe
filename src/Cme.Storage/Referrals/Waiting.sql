-- How many referrals wait for somebody to find out whom they are about. Served by referral_waiting_idx.
select count(*) from cme.referral r where r.authority = @authority and r.child_id is null
