-- How many openings wait to be acknowledged. Served by break_glass_waiting_idx.
select count(*) from cme.break_glass g where g.authority = @authority and g.acknowledged_at is null
