-- Stores grain states, many in one statement, each if its version is still the expected one (null: there is none yet). A state
-- called 'episode' is JSON (Cme.Storage/History/EpisodeWrite.cs): what it brings becomes rows here, and the rest is stored.
-- A conflict writes nothing of its own item and disturbs no other.
--
-- The planner is held to key lookups, row by row of the input (lateral … offset 0): it plans once, and would otherwise choose to
-- scan tables that are still empty and keep that choice while they grow. A key may occur once in a call.
create function cme.write_states(p_service text, p_names text[], p_keys text[], p_expected integer[], p_payloads bytea[])
returns table (ordinal integer, new_version integer)
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
begin
    return query
    with parsed as materialized (
        select u.ordinal::integer as ordinal, u.name, u.key, u.expected, u.payload,
               case when u.name = 'episode' then convert_from(u.payload, 'UTF8')::jsonb end as doc
          from unnest(p_names, p_keys, p_expected, p_payloads) with ordinality as u (name, key, expected, payload, ordinal)
    ), input as materialized (
        select p.ordinal, p.name, p.key, p.expected, p.doc,
               case when p.doc is null then p.payload
                    else convert_to((p.doc - '{pending,obligations,head}'::text[])::text, 'UTF8') end as kept
          from parsed p
    ), created as (
        insert into cme.grain_state (service_id, state_name, key, version, payload)
        select p_service, i.name, i.key, 1, i.kept from input i where i.expected is null
        on conflict do nothing
        returning state_name, key
    ), changed as (
        update cme.grain_state g
           set version = g.version + 1, payload = i.kept, modified_at = now()
          from input i
         cross join lateral (select s.ctid from cme.grain_state s
                              where s.service_id = p_service and s.state_name = i.name and s.key = i.key and s.version = i.expected
                             offset 0) held
         where g.ctid = held.ctid and g.version = i.expected
        returning g.state_name, g.key
    ), won as materialized (
        select i.ordinal, i.key, i.expected, i.doc
          from input i
         where case when i.expected is null then (i.name, i.key) in (select c.state_name, c.key from created c)
                    else (i.name, i.key) in (select c.state_name, c.key from changed c) end
    ), written as materialized (
        select w.ordinal, w.key as episode, w.expected, w.doc, (w.doc ->> 'version')::bigint as version,
               w.doc -> 'head' ->> 'authority' as authority, w.doc -> 'head' ->> 'urn' as urn,
               array(select o ->> 'id' from jsonb_array_elements(w.doc -> 'obligations') o) as listed
          from won w
         where w.doc is not null
    ), history as (
        insert into cme.event (episode, version, authority, type, schema, happened_at, known_at, actor, data, salt, commitment)
        select e.episode, e.version, e.authority, e.type, e.schema, e."happenedAt", e."knownAt", e.actor, e.data, e.salt,
               cme.commitment(e.salt, e.data)
          from (select w.episode, w.authority, p.*, uuid_send(gen_random_uuid()) as salt
                  from written w
                 cross join lateral jsonb_to_recordset(w.doc -> 'pending')
                    as p (type text, schema integer, version bigint, "happenedAt" timestamptz, "knownAt" timestamptz, actor text, data jsonb)
                offset 0) e
    ), owed as (
        insert into cme.obligation as o (episode, id, step, clause, authority, urn, role, org, due_at, alert_at, act_by, overdue_at,
               level, state, next_at, pack_version, calendar_version, engine_version)
        select w.episode, r.id, r.step, r.clause, w.authority, w.urn, r.role, r.org, r."dueAt", r."alertAt", r."actBy", r."overdueAt",
               r.level, r.state, r."nextAt", r."packVersion", r."calendarVersion", r."engineVersion"
          from written w
         cross join lateral jsonb_to_recordset(w.doc -> 'obligations')
            as r (id text, step text, clause text, role text, org text, "dueAt" timestamptz, "alertAt" timestamptz, "actBy" timestamptz,
                  "overdueAt" timestamptz, level integer, state text, "nextAt" timestamptz, "packVersion" integer,
                  "calendarVersion" integer, "engineVersion" integer)
        on conflict (episode, id) do update
           set step = excluded.step, clause = excluded.clause, role = excluded.role, org = excluded.org, due_at = excluded.due_at,
               alert_at = excluded.alert_at, act_by = excluded.act_by, overdue_at = excluded.overdue_at, level = excluded.level,
               state = excluded.state, next_at = excluded.next_at, pack_version = excluded.pack_version,
               calendar_version = excluded.calendar_version, engine_version = excluded.engine_version
         where (o.step, o.clause, o.role, o.org, o.due_at, o.alert_at, o.act_by, o.overdue_at, o.level, o.state, o.next_at,
                o.pack_version, o.calendar_version, o.engine_version)
               is distinct from
               (excluded.step, excluded.clause, excluded.role, excluded.org, excluded.due_at, excluded.alert_at, excluded.act_by,
                excluded.overdue_at, excluded.level, excluded.state, excluded.next_at, excluded.pack_version,
                excluded.calendar_version, excluded.engine_version)
    ), superseded as (
        update cme.obligation o
           set state = 'superseded', next_at = null
          from written w
         cross join lateral (select s.ctid from cme.obligation s
                              where w.expected is not null and s.episode = w.episode and s.state <> 'superseded'
                                and s.id <> all (w.listed)
                             offset 0) gone
         where o.ctid = gone.ctid
    ), heads as (
        insert into cme.episode as e (reference, authority, urn, child_id, kind, status, stage, first_day_missing, opened_at, closed_at,
               closure, level, overdue_count, flags, flagged, owner, claimed_by, pack, pack_version, last_code, next_at,
               next_obligation, version, updated_at)
        select w.episode, h.authority, h.urn, h."childId", h.kind, h.status, h.stage, h."firstDayMissing", h."openedAt", h."closedAt",
               h.closure, h.level, h."overdueCount", coalesce(h.flags, '{}'), h.flagged, h.owner, h."claimedBy", h.pack,
               h."packVersion", h."lastCode", h."nextAt", h."nextObligation", w.version, h."updatedAt"
          from written w
         cross join lateral jsonb_to_record(w.doc -> 'head')
            as h (authority text, urn text, "childId" text, kind text, status text, stage text, "firstDayMissing" date,
                  "openedAt" timestamptz, "closedAt" timestamptz, closure text, level integer, "overdueCount" integer, flags text[],
                  flagged boolean, owner text, "claimedBy" text, pack text, "packVersion" integer, "lastCode" text,
                  "nextAt" timestamptz, "nextObligation" jsonb, "updatedAt" timestamptz)
        on conflict (reference) do update   -- Not opened_at: lists are paged by it.
           set authority = excluded.authority, urn = excluded.urn, child_id = excluded.child_id, kind = excluded.kind,
               status = excluded.status, stage = excluded.stage, first_day_missing = excluded.first_day_missing,
               closed_at = excluded.closed_at, closure = excluded.closure, level = excluded.level,
               overdue_count = excluded.overdue_count, flags = excluded.flags, flagged = excluded.flagged, owner = excluded.owner,
               claimed_by = excluded.claimed_by, pack = excluded.pack, pack_version = excluded.pack_version,
               last_code = excluded.last_code, next_at = excluded.next_at, next_obligation = excluded.next_obligation,
               version = excluded.version, updated_at = excluded.updated_at
    ), queued as (
        insert into cme.unpublished (authority, episode, version)
        select w.authority, w.episode, p.version
          from written w
          left join lateral jsonb_to_recordset(w.doc -> 'pending') as p (version bigint) on true
         order by w.ordinal, p.version
    )
    select i.ordinal, case when i.ordinal in (select w.ordinal from won w) then coalesce(i.expected, 0) + 1 end
      from input i;
end $$;

-- One state, for a caller that brings them singly. Null: the version was another, and nothing was written.
create function cme.write_state(p_service text, p_name text, p_key text, p_expected integer, p_payload bytea)
returns integer language plpgsql as $$
begin
    return (select w.new_version from cme.write_states(p_service, array[p_name], array[p_key], array[p_expected], array[p_payload]) w);
end $$;

-- Empties a state's row and goes on counting its versions. Null: the version was another, or there was no row.
create function cme.clear_state(p_service text, p_name text, p_key text, p_expected integer)
returns integer language sql as $$
    update cme.grain_state g
       set version = g.version + 1, payload = null, modified_at = now()
     where g.service_id = p_service and g.state_name = p_name and g.key = p_key and g.version = p_expected
    returning g.version
$$;
