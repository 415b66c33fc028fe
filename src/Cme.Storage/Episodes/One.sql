-- One episode of the caller's. Served by the primary key of episode.
select r.*
  from cme.episode_row r
 where r.reference = @reference and r.authority = @authority
   and r.urn = @urn --? urn
