-- How many concerns are open, how many of them nobody has screened, and when any of the authority's last changed. Served by concern_open_idx.
select count(*)::integer as open, (count(*) filter (where not c.screened))::integer as unscreened,
       (select max(a.changed_at) from cme.concern a where a.authority = @authority) as changed_at
  from cme.concern c
 where c.authority = @authority and c.open
