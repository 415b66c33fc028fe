-- Those of a school's children who are missing from another school, or of whom the authority keeps a record of a child who is not there. Served by episode_child_idx, one look-up a child whatever the planner
-- knows: every school asks with every register, and on a bad morning an authority has more open episodes than a school has pupils.
select distinct e.child_id
  from unnest(@children) as known (child_id)
 cross join lateral (select h.child_id, h.status, h.kind, h.urn from cme.episode h
                      where h.authority = @authority and h.child_id = known.child_id
                     offset 0) e
 where e.status = 'open' and e.kind in ('whereabouts', 'cme', 'missing-person') and e.urn <> @urn
 order by e.child_id
