-- For each school, its open episodes that the duty desk does not list. Served by board_row_open_idx.
select b.urn, coalesce(s.name, '') as name, count(*)::integer as open, (count(*) filter (where b.overdue > 0))::integer as overdue
  from cme.board_row b
  left join cme.school s on s.authority = b.authority and s.urn = b.urn
 where b.authority = @authority and b.open and not b.desk
 group by b.urn, s.name
 order by s.name, b.urn
