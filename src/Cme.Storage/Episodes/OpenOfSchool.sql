-- The open episodes of a school. Served by episode_school_idx.
select e.reference, e.child_id, e.kind
  from cme.episode e
 where e.authority = @authority and e.urn = @urn and e.status = 'open'
 order by e.opened_at desc, e.reference
