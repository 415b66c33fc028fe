-- What changed on a board after a number: the rows that are on it, and those that left (on_board is false). An episode that never was on
-- the desk or the lead's board has no number there. Served by the primary keys of feed, renumbered and board_row, a school's by
-- feed_school_idx.
select s.epoch, s.last_number, c.on_board, r.*
  from cme.sequence s
  left join lateral (
    select b.episode,
           (true
            and b.open --? urn
            and b.desk --? desk
            and b.lead --? lead
           ) as on_board
      from (select f.episode from cme.feed f
             where f.authority = s.authority and f.number > @after
               and f.urn = @urn --? urn
             union
            select n.episode from cme.renumbered n where n.authority = s.authority and n.number > @after) changed
     cross join lateral (select b.* from cme.board_row b where b.episode = changed.episode offset 0) b
     where true
       and b.urn = @urn --? urn
       and b.desk_number > @after --? desk
       and b.lead_number > @after --? lead
    ) c on true
  left join cme.episode_row r on r.reference = c.episode
 where s.authority = @authority
