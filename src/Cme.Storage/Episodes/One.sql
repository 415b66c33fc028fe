-- One episode of the caller's. Served by the primary key of episode.
select r.*, cme.reads_fourth(r.authority, r.reference, r.child_id) as fourth, cme.moved_on(r.authority, r.child_id, r.urn) as moved_on
  from cme.episode_row r
 where r.reference = @reference and r.authority = @authority
   and (r.urn = @urn or r.reference = any (cme.open_glass())) --? urn
