-- What waits, as counts and ages, for whoever watches the service: what it is of, what it is divided by, and how much. It names nobody.
-- Served by board_row_open_idx and owed's key, referral_unjoined_idx, concern_unjoined_idx, concern_open_idx, signal_undelivered_idx;
-- the queue of what is unpublished is empty or short, and is read whole.
select 'overdue' as what, r ->> 3 as label, count(*)::float8 as value
  from cme.sequence s
  join cme.board_row b on b.authority = s.authority and b.open and b.overdue > 0
  join cme.owed o on o.episode = b.episode
 cross join lateral jsonb_array_elements(o.rows::jsonb) r
 where r ->> 10 = 'open' and r ->> 8 is not null
 group by r ->> 3
 union all
select 'unacknowledged', '', count(*)
  from cme.sequence s
  join cme.board_row b on b.authority = s.authority and b.open and b.lead
  join cme.episode_row e on e.reference = b.episode
 where e.acknowledged_at is null
 union all
select 'unnumbered', '', count(*) from cme.unpublished
 union all
select 'unnumbered-age', '', coalesce(extract(epoch from clock_timestamp() - min(u.queued_at)), 0) from cme.unpublished u
 union all
select 'undelivered', 'referrals', count(*) from cme.referral r where r.episode is not null and r.joined_at is null
 union all
select 'undelivered', 'concerns', count(*) from cme.concern c where c.episode is not null and c.joined_at is null
 union all
select 'undelivered', 'signals', count(*) from cme.signal g where g.delivered_at is null
 union all
select 'unscreened', '', count(*) from cme.concern c where c.open and not c.screened
 union all
select 'unscreened-age', '', coalesce(extract(epoch from @now - min(c.received_at)), 0) from cme.concern c where c.open and not c.screened
