-- Names that have come off a roll on a ground, or are back on it, of which that has not been noted. Every removal on ground h or i is; one on
-- another ground is while an episode about the child's whereabouts is open there. Served by pupil_left_idx and removal's primary key.
select p.authority, p.urn, p.school_pupil_id, p.child_id, p.leaving_date as left_on, p.ground, open.reference as episode, false as put_back
  from cme.pupil p
  left join lateral (select e.reference from cme.episode e
                      where e.authority = p.authority and e.child_id = p.child_id and e.urn = p.urn and e.status = 'open' and e.kind = 'whereabouts'
                      limit 1) open on true
 where p.leaving_date <= @today and p.ground is not null
   and (p.ground in ('h', 'i') or open.reference is not null)
   and p.authority = @authority --? authority
   and p.urn = @urn --? urn
   and not exists (select from cme.removal r
                    where r.authority = p.authority and r.urn = p.urn and r.school_pupil_id = p.school_pupil_id and r.left_on = p.leaving_date
                      and r.ground = p.ground and r.put_back_at is null)
union all
select r.authority, r.urn, r.school_pupil_id, r.child_id, r.left_on, r.ground, r.episode, true
  from cme.removal r
  join cme.pupil p on p.authority = r.authority and p.urn = r.urn and p.school_pupil_id = r.school_pupil_id
 where r.put_back_at is null
   and p.on_list and (p.leaving_date is null or p.leaving_date > @today)
   and r.authority = @authority --? authority
   and r.urn = @urn --? urn
 limit 200
