-- Where else a child is on a list on a day. Asked whenever a child is missing, and so of nothing but this. What an authority keeps of a child on
-- no roll is no place. Served by pupil_child_idx.
select distinct on (p.urn) p.urn, p.year_group, p.timetable
  from cme.pupil p
 where p.authority = @authority and p.child_id = @child and p.urn <> @urn and p.urn <> p.authority
   and p.on_list and p.entry_date <= @on and (p.leaving_date is null or p.leaving_date >= @on)
 order by p.urn, p.updated_at desc
