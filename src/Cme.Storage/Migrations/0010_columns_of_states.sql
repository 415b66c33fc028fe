-- Stores grain states, many in one call, each if its version is still the expected one (null: there is none yet), and of the episodes
-- among them the head, the new events and what is owed. These come as columns (Cme.Storage/States/EpisodeColumns.cs): taken out of JSON
-- here they cost PostgreSQL four times as much. Places count from 1: h_state says to which state
-- a head belongs, e_head and o_head to which head an event or an obligation does.
-- A conflict writes nothing of its own item and disturbs no other; its new version is null.
--
-- The planner is held to key lookups, row by row of the input (lateral … offset 0, joined by ctid): it plans once, and would otherwise
-- choose to scan tables that are still empty and keep that choice while they grow. A key may occur once in a call.
create function cme.store_states(
    p_service text, p_names text[], p_keys text[], p_expected integer[], p_payloads bytea[],
    h_state integer[], h_version bigint[], h_authority text[], h_urn text[], h_child text[], h_kind text[], h_status text[], h_stage text[],
    h_first_day date[], h_opened timestamptz[], h_closed timestamptz[], h_closure text[], h_level integer[], h_overdue integer[],
    h_flags text[], h_flagged boolean[], h_owner text[], h_claimed text[], h_pack text[], h_pack_version integer[], h_last_code text[],
    h_next timestamptz[], h_obligation jsonb[], h_updated timestamptz[], h_events integer[], h_listed text[],
    e_head integer[], e_version bigint[], e_type text[], e_schema integer[], e_happened timestamptz[], e_known timestamptz[], e_actor text[],
    e_data jsonb[],
    o_head integer[], o_id text[], o_step text[], o_clause text[], o_role text[], o_org text[], o_due timestamptz[], o_alert timestamptz[],
    o_act_by timestamptz[], o_overdue timestamptz[], o_level integer[], o_stands text[], o_next timestamptz[], o_pack integer[],
    o_calendar integer[], o_engine integer[])
returns integer[]
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
    -- Separates what is listed within one element: flags, and the ids of obligations.
    separator constant text := chr(31);
    n integer := cardinality(p_keys);
    created text[];
    changed integer[];
    won boolean[];
begin
    with first as (
        insert into cme.grain_state (service_id, state_name, key, version, payload)
        select p_service, p_names[i], p_keys[i], 1, p_payloads[i] from generate_series(1, n) i where p_expected[i] is null
        on conflict do nothing
        returning state_name || separator || key as name
    )
    select array_agg(f.name) into created from first f;

    with later as (
        update cme.grain_state g
           set version = g.version + 1, payload = p_payloads[i], modified_at = now()
          from generate_series(1, n) i
         cross join lateral (select s.ctid from cme.grain_state s
                              where s.service_id = p_service and s.state_name = p_names[i] and s.key = p_keys[i] and s.version = p_expected[i]
                             offset 0) held
         where p_expected[i] is not null and g.ctid = held.ctid and g.version = p_expected[i]
        returning i
    )
    select array_agg(l.i) into changed from later l;

    if coalesce(cardinality(created), 0) + coalesce(cardinality(changed), 0) = n then
        won := array_fill(true, array[n]);
    else
        select array_agg(case when p_expected[i] is null then coalesce(p_names[i] || separator || p_keys[i] = any (created), false)
                              else coalesce(i = any (changed), false) end order by i)
          into won from generate_series(1, n) i;
    end if;

    if cardinality(h_state) > 0 then
        insert into cme.event (episode, version, authority, type, schema, happened_at, known_at, actor, data, salt, commitment)
        select p_keys[h_state[e.head]], e_version[e.i], h_authority[e.head], e_type[e.i], e_schema[e.i], e_happened[e.i], e_known[e.i],
               e_actor[e.i], e_data[e.i], e.salt, cme.commitment(e.salt, e_data[e.i])
          from (select i, e_head[i] as head, uuid_send(gen_random_uuid()) as salt from generate_series(1, cardinality(e_head)) i
                 where won[h_state[e_head[i]]]
                offset 0) e;

        -- Only what differs: a row that is merely looked at by "on conflict do update" is locked, which is a write as well.
        if changed is not null then
            update cme.obligation o
               set step = o_step[i], clause = o_clause[i], role = o_role[i], org = o_org[i], due_at = o_due[i], alert_at = o_alert[i],
                   act_by = o_act_by[i], overdue_at = o_overdue[i], level = o_level[i], state = o_stands[i], next_at = o_next[i],
                   pack_version = o_pack[i], calendar_version = o_calendar[i], engine_version = o_engine[i]
              from generate_series(1, cardinality(o_head)) i
             cross join lateral (select s.ctid from cme.obligation s
                                  where won[h_state[o_head[i]]] and p_expected[h_state[o_head[i]]] is not null
                                    and s.episode = p_keys[h_state[o_head[i]]] and s.id = o_id[i]
                                    and (s.step, s.clause, s.role, s.org, s.due_at, s.alert_at, s.act_by, s.overdue_at, s.level, s.state,
                                         s.next_at, s.pack_version, s.calendar_version, s.engine_version)
                                        is distinct from
                                        (o_step[i], o_clause[i], o_role[i], o_org[i], o_due[i], o_alert[i], o_act_by[i], o_overdue[i],
                                         o_level[i], o_stands[i], o_next[i], o_pack[i], o_calendar[i], o_engine[i])
                                 offset 0) held
             where o.ctid = held.ctid;

            update cme.obligation o
               set state = 'superseded', next_at = null
              from generate_series(1, cardinality(h_state)) h
             cross join lateral (select string_to_array(h_listed[h], separator) as ids offset 0) listed
             cross join lateral (select s.ctid from cme.obligation s
                                  where won[h_state[h]] and p_expected[h_state[h]] is not null
                                    and s.episode = p_keys[h_state[h]] and s.state <> 'superseded' and s.id <> all (listed.ids)
                                 offset 0) gone
             where o.ctid = gone.ctid;

            update cme.episode e   -- Not opened_at: lists are paged by it.
               set authority = h_authority[h], urn = h_urn[h], child_id = h_child[h], kind = h_kind[h], status = h_status[h],
                   stage = h_stage[h], first_day_missing = h_first_day[h], closed_at = h_closed[h], closure = h_closure[h],
                   level = h_level[h], overdue_count = h_overdue[h], flags = string_to_array(h_flags[h], separator), flagged = h_flagged[h],
                   owner = h_owner[h], claimed_by = h_claimed[h], pack = h_pack[h], pack_version = h_pack_version[h],
                   last_code = h_last_code[h], next_at = h_next[h], next_obligation = h_obligation[h], version = h_version[h],
                   updated_at = h_updated[h]
              from generate_series(1, cardinality(h_state)) h
             cross join lateral (select s.ctid from cme.episode s
                                  where won[h_state[h]] and p_expected[h_state[h]] is not null and s.reference = p_keys[h_state[h]]
                                 offset 0) held
             where e.ctid = held.ctid;
        end if;

        insert into cme.obligation (episode, id, step, clause, authority, urn, role, org, due_at, alert_at, act_by, overdue_at, level, state,
               next_at, pack_version, calendar_version, engine_version)
        select p_keys[o.state], o_id[o.i], o_step[o.i], o_clause[o.i], h_authority[o.head], h_urn[o.head], o_role[o.i], o_org[o.i],
               o_due[o.i], o_alert[o.i], o_act_by[o.i], o_overdue[o.i], o_level[o.i], o_stands[o.i], o_next[o.i], o_pack[o.i],
               o_calendar[o.i], o_engine[o.i]
          from (select i, o_head[i] as head, h_state[o_head[i]] as state from generate_series(1, cardinality(o_head)) i) o
         where won[o.state]
           and (p_expected[o.state] is null
                -- Not "not exists", for which all rows would be read and hashed.
                or (select s.ctid from cme.obligation s where s.episode = p_keys[o.state] and s.id = o_id[o.i]) is null);

        if created is not null then
            insert into cme.episode (reference, authority, urn, child_id, kind, status, stage, first_day_missing, opened_at, closed_at,
                   closure, level, overdue_count, flags, flagged, owner, claimed_by, pack, pack_version, last_code, next_at,
                   next_obligation, version, updated_at)
            select p_keys[h_state[h]], h_authority[h], h_urn[h], h_child[h], h_kind[h], h_status[h], h_stage[h], h_first_day[h], h_opened[h],
                   h_closed[h], h_closure[h], h_level[h], h_overdue[h], string_to_array(h_flags[h], separator), h_flagged[h], h_owner[h],
                   h_claimed[h], h_pack[h], h_pack_version[h], h_last_code[h], h_next[h], h_obligation[h], h_version[h], h_updated[h]
              from generate_series(1, cardinality(h_state)) h
             where won[h_state[h]] and p_expected[h_state[h]] is null;
        end if;

        insert into cme.unpublished (authority, episode, version)
        select h_authority[e_head[i]], p_keys[h_state[e_head[i]]], e_version[i]
          from generate_series(1, cardinality(e_head)) i
         where won[h_state[e_head[i]]];
        if 0 = any (h_events) then
            insert into cme.unpublished (authority, episode)
            select h_authority[h], p_keys[h_state[h]] from generate_series(1, cardinality(h_state)) h where won[h_state[h]] and h_events[h] = 0;
        end if;
    end if;

    return array(select case when won[i] then coalesce(p_expected[i], 0) + 1 end from generate_series(1, n) i order by i);
end $$;

-- One state, for a caller that brings it as one payload: Orleans. Of an episode that is the JSON of EpisodeWrite.cs, taken apart here. Null:
-- the version was another, and nothing was written.
create or replace function cme.write_state(p_service text, p_name text, p_key text, p_expected integer, p_payload bytea)
returns integer language plpgsql as $$
declare
    doc jsonb := case when p_name = 'episode' then convert_from(p_payload, 'UTF8')::jsonb end;
    kept bytea := case when doc is null then p_payload else convert_to((doc - '{pending,obligations,head}'::text[])::text, 'UTF8') end;
    h record;
    e record;
    o record;
begin
    select array_agg(1) as state, array_agg(r.authority) as authority, array_agg(r.urn) as urn, array_agg(r."childId") as child,
           array_agg(r.kind) as kind, array_agg(r.status) as status, array_agg(r.stage) as stage, array_agg(r."firstDayMissing") as first_day,
           array_agg(r."openedAt") as opened, array_agg(r."closedAt") as closed, array_agg(r.closure) as closure, array_agg(r.level) as level,
           array_agg(r."overdueCount") as overdue, array_agg(array_to_string(coalesce(r.flags, '{}'), chr(31))) as flags,
           array_agg(r.flagged) as flagged, array_agg(r.owner) as owner, array_agg(r."claimedBy") as claimed, array_agg(r.pack) as pack,
           array_agg(r."packVersion") as pack_version, array_agg(r."lastCode") as last_code, array_agg(r."nextAt") as next,
           array_agg(r."nextObligation") as obligation, array_agg(r."updatedAt") as updated
      into h
      from jsonb_to_recordset(jsonb_build_array(doc -> 'head'))
        as r (authority text, urn text, "childId" text, kind text, status text, stage text, "firstDayMissing" date, "openedAt" timestamptz,
              "closedAt" timestamptz, closure text, level integer, "overdueCount" integer, flags text[], flagged boolean, owner text,
              "claimedBy" text, pack text, "packVersion" integer, "lastCode" text, "nextAt" timestamptz, "nextObligation" jsonb,
              "updatedAt" timestamptz)
     where doc is not null;

    select coalesce(array_agg(1), '{}') as head, array_agg(r.version) as version, array_agg(r.type) as type, array_agg(r.schema) as schema,
           array_agg(r."happenedAt") as happened, array_agg(r."knownAt") as known, array_agg(r.actor) as actor, array_agg(r.data) as data
      into e
      from (select p.* from jsonb_to_recordset(doc -> 'pending')
                as p (type text, schema integer, version bigint, "happenedAt" timestamptz, "knownAt" timestamptz, actor text, data jsonb)
             order by p.version) r;

    select coalesce(array_agg(1), '{}') as head, array_agg(r.id) as id, array_agg(r.step) as step, array_agg(r.clause) as clause,
           array_agg(r.role) as role, array_agg(r.org) as org, array_agg(r."dueAt") as due, array_agg(r."alertAt") as alert,
           array_agg(r."actBy") as act_by, array_agg(r."overdueAt") as overdue, array_agg(r.level) as level, array_agg(r.state) as stands,
           array_agg(r."nextAt") as next, array_agg(r."packVersion") as pack, array_agg(r."calendarVersion") as calendar,
           array_agg(r."engineVersion") as engine
      into o
      from jsonb_to_recordset(doc -> 'obligations')
        as r (id text, step text, clause text, role text, org text, "dueAt" timestamptz, "alertAt" timestamptz, "actBy" timestamptz,
              "overdueAt" timestamptz, level integer, state text, "nextAt" timestamptz, "packVersion" integer, "calendarVersion" integer,
              "engineVersion" integer);

    return (cme.store_states(
        p_service, array[p_name], array[p_key], array[p_expected], array[kept],
        h.state, array[(doc ->> 'version')::bigint], h.authority, h.urn, h.child, h.kind, h.status, h.stage, h.first_day, h.opened, h.closed,
        h.closure, h.level, h.overdue, h.flags, h.flagged, h.owner, h.claimed, h.pack, h.pack_version, h.last_code, h.next, h.obligation,
        h.updated, array[cardinality(e.head)], array[array_to_string(o.id, chr(31))],
        e.head, e.version, e.type, e.schema, e.happened, e.known, e.actor, e.data,
        o.head, o.id, o.step, o.clause, o.role, o.org, o.due, o.alert, o.act_by, o.overdue, o.level, o.stands, o.next, o.pack, o.calendar,
        o.engine))[1];
end $$;

drop function cme.write_states(text, text[], text[], integer[], bytea[]);
