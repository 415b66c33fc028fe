-- Open records that authorities lead, with each school that has had the child on its list since the record began and that the record has not
-- heard of. Served by episode_of_authority_idx, pupil_child_idx and the primary key of event.
select e.reference, p.urn, p.entry_date
  from cme.episode e
  join cme.pupil p on p.authority = e.authority and p.child_id = e.child_id
 where e.urn = e.authority and e.status = 'open'
   and p.urn <> e.authority and p.on_list and p.leaving_date is null and p.entry_date >= e.first_day_missing and p.entry_date <= @today
   and not exists (select from cme.event h
                    where h.episode = e.reference and h.type = 'PlacedOnRoll'
                      and h.data ->> 'urn' = p.urn and (h.data ->> 'from')::date = p.entry_date)
 order by e.reference, p.urn
