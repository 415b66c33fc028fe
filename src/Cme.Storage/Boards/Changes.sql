-- What changed on a board after a number: the rows that are on it, and those that left (on_board is false). Served by
-- board_row_school_idx, board_row_desk_idx and board_row_lead_idx; an episode that never was on the desk or the lead's board is not
-- in theirs.
select s.epoch, s.last_number, c.on_board, r.*
  from cme.sequence s
  left join lateral (
    select b.episode,
           (true
            and b.open --? urn
            and b.desk --? desk
            and b.lead --? lead
           ) as on_board
      from cme.board_row b
     where b.authority = s.authority
       and b.urn = @urn and b.number > @after --? urn
       and b.desk_number > @after --? desk
       and b.lead_number > @after --? lead
    ) c on true
  left join cme.episode_row r on r.reference = c.episode
 where s.authority = @authority
