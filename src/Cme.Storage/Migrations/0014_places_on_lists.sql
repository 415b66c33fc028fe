-- What was last told of a child's place on the school's list. A place is told once, and again when it changes.
create index signal_place_idx on cme.signal (authority, urn, child_id, sequence desc) where payload -> 'ofPlaceOnly' = 'true'::jsonb;
