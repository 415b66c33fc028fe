-- Children of whom the last that was told of their place on the school's list is that ground and destination are owed. Served by
-- signal_place_idx, which holds nothing else.
select told.child_id
  from (select distinct on (s.child_id) s.child_id, s.payload -> 'place' ->> 'owes' as owes
          from cme.signal s
         where s.authority = @authority and s.urn = @urn and s.payload -> 'ofPlaceOnly' = 'true'::jsonb
         order by s.child_id, s.sequence desc) told
 where told.owes = 'true'
