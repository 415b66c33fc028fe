-- Every row of a board with the number it stands for: one statement, so that the two are of one moment. Served by board_row_open_idx,
-- which holds open rows only.
select s.epoch, s.last_number, r.*
  from cme.sequence s
  left join lateral (
    select r.*
      from cme.board_row b
      join cme.episode_row r on r.reference = b.episode
     where b.authority = s.authority and b.open
       and b.urn = @urn --? urn
       and b.desk --? desk
       and b.lead --? lead
    ) r on true
 where s.authority = @authority
