-- Held to key lookups, as cme.store_states is: planned while an authority had few pupils, or by statistics of another authority's, a roll
-- read all of a table for each of its pupils, more with every authority.
alter function cme.change_roll(text, text, boolean, jsonb, text[]) set plan_cache_mode = force_generic_plan;
alter function cme.change_roll(text, text, boolean, jsonb, text[]) set enable_seqscan = off;
alter function cme.change_roll(text, text, boolean, jsonb, text[]) set enable_hashjoin = off;
alter function cme.change_roll(text, text, boolean, jsonb, text[]) set enable_mergejoin = off;
