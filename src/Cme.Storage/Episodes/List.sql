-- A page of episodes, newest opened first; the order rests on what never changes. One index walk for each status asked for:
-- episode_status_idx, episode_school_idx for one school, episode_child_idx for one child.
select r.*
  from unnest(@statuses) as wanted (status)
 cross join lateral (
    select e.*
      from cme.episode_row e
     where e.authority = @authority and e.status = wanted.status
       and e.urn = @urn --? urn
       and e.urn = @school --? school
       and e.child_id = @child --? child
       and e.kind = @kind --? kind
       and e.stage = @stage --? stage
       and e.owner = @owner --? owner
       and e.claimed_by = @claimedBy --? claimedBy
       and @flag = any (e.flags) --? flag
       and (e.overdue_count > 0) = @overdue --? overdue
       and exists (select from cme.owed o where o.episode = e.reference and o.act_by < @actBefore) --? actBefore
       and cme.on_desk(e.status, e.flagged, e.level, e.owner, e.authority) --? desk
       and cme.on_lead(e.status, e.level) --? lead
       and e.updated_at > @updatedAfter --? updatedAfter
       and (e.opened_at < @openedAt or (e.opened_at = @openedAt and e.reference > @reference)) --? openedAt
     order by e.opened_at desc, e.reference
     limit @limit) r
 order by r.opened_at desc, r.reference
 limit @limit
