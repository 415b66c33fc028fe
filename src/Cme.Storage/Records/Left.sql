-- Children whose name came off a roll within the last 90 days, on no other list, and without a record of the authority since. A pupil who
-- came with a leaving date in the first list that named them (version 1) left before this service knew of them. Served by pupil_left_idx,
-- pupil_child_idx and episode_child_idx.
select distinct on (p.authority, p.child_id)
       p.authority, p.child_id, p.year_group, p.first_language, p.leaving_date, p.ground, p.destination,
       (select e.reference from cme.episode e
         where e.authority = p.authority and e.child_id = p.child_id and e.urn = p.urn and e.status = 'open' and e.kind = 'whereabouts'
         order by e.opened_at desc limit 1) as episode
  from cme.pupil p
 where p.leaving_date >= @today - 90 and p.leaving_date < @today and p.ground is not null and p.version > 1 and p.urn <> p.authority
   and not exists (select from cme.pupil o
                    where o.authority = p.authority and o.child_id = p.child_id and o.urn <> p.authority and o.on_list
                      and (o.leaving_date is null or o.leaving_date >= @today))
   and not exists (select from cme.episode e
                    where e.authority = p.authority and e.child_id = p.child_id and e.urn = e.authority and e.kind in ('cme', 'home-education')
                      and (e.status = 'open' or e.first_day_missing > p.leaving_date))
 order by p.authority, p.child_id, p.leaving_date desc
