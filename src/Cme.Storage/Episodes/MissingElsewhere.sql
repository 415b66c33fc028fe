-- The children whom a school knows and who are missing from another school. From the open episodes, which are few. Served by
-- episode_status_idx and pupil_child_idx.
select distinct e.child_id
  from cme.episode e
  join cme.pupil p on p.authority = e.authority and p.child_id = e.child_id and p.urn = @urn
 where e.authority = @authority and e.status = 'open' and e.kind = 'whereabouts' and e.urn <> @urn
 order by e.child_id
