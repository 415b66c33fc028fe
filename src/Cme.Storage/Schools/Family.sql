-- Other children who may be of a child's family, each with its latest episode that the caller may see. Served by the indexes that
-- cme.family_of names, and by episode_child_idx.
select k.child_id, k.urn, s.name as school_name, k.forename, k.surname, k.year_group, k.lives_there,
       k.flags || coalesce(e.flags, '{}') as flags, e.reference, e.status
  from cme.family_of(@authority, @urn, @child, @hiding, @limit) k
  join cme.school s on s.authority = @authority and s.urn = k.urn
  left join lateral (
    select h.reference, h.status, h.flags from cme.episode h
     where h.authority = @authority and h.child_id = k.child_id and (@urn::text is null or h.urn = @urn)
     order by h.opened_at desc, h.reference limit 1) e on true
 order by k.lives_there desc, k.surname, k.forename, k.child_id
