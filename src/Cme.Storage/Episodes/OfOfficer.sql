-- Open episodes that an officer has taken on. Served by episode_status_idx and, for a school's officer, episode_school_idx.
select e.reference
  from cme.episode e
 where e.authority = @authority and e.status = 'open' and e.claimed_by = @officer
   and e.urn = @urn --? urn
 order by e.reference
