-- Reads grain states, many in one call; a key without a row has none here. Places count from 1. Held to key lookups, as cme.store_states is.
create function cme.read_states(p_service text, p_names text[], p_keys text[])
returns table (place integer, version integer, payload bytea)
language plpgsql stable
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
begin
    return query
    select i, held.version, held.payload
      from generate_series(1, cardinality(p_keys)) i
     cross join lateral (select s.version, s.payload from cme.grain_state s
                          where s.service_id = p_service and s.state_name = p_names[i] and s.key = p_keys[i]
                         offset 0) held;
end $$;
