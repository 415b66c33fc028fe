-- Episodes that a board shows, or should show, otherwise than the head says, with nothing in the queue that would put it right. Open
-- episodes and open rows only: what is closed on both sides is on no board. Served by episode_status_idx and board_row_open_idx.
with shown (episode) as (
    select e.reference from cme.sequence s join cme.episode e on e.authority = s.authority and e.status = 'open'
    union
    select b.episode from cme.board_row b where b.open
)
select e.authority, e.reference, e.updated_at
  from shown
  join cme.episode e on e.reference = shown.episode
  left join cme.board_row b on b.episode = e.reference
 where (b.authority, b.urn, b.version, b.open, b.desk, b.lead, b.overdue)
       is distinct from
       (e.authority, e.urn, e.version, e.status = 'open', cme.on_desk(e.status, e.flagged, e.level, e.owner, e.authority),
        cme.on_lead(e.status, e.level), e.overdue_count)
   and not exists (select from cme.unpublished u where u.authority = e.authority and u.episode = e.reference)
 order by e.updated_at, e.reference
 limit @most
