-- What an episode owes, all of it in one row: a row each, with two index entries, was four tenths of what a new episode wrote. `rows` is
-- JSON that is taken apart only where it is asked for (the view below); what is searched for stands beside it.
create table cme.owed (
    episode          text collate "C" primary key,
    next_at          timestamptz,      -- the earliest instant at which somebody must look at what is open
    act_by           timestamptz,      -- the earliest act-by of what is open
    calendar_version integer,          -- the oldest that anything open was derived from
    set_of           bigint,           -- digest of the ids in rows
    rows             text not null,
    past             text              -- what is listed no longer, as rows; null where all still is
) with (fillfactor = 70);

create index owed_next_idx on cme.owed (next_at) where next_at is not null;

-- Instants are microseconds; alert_at and act_by are null where they are due_at.
create function cme.microseconds(p_at timestamptz) returns bigint language sql stable as $$
    select (extract(epoch from p_at) * 1000000)::bigint
$$;

create function cme.instant(p_microseconds text) returns timestamptz language sql stable as $$
    select timestamptz 'epoch' + p_microseconds::bigint * interval '1 microsecond'
$$;

create function cme.owed_set(p_listed text) returns bigint language sql immutable as $$
    select hashtextextended(p_listed, 0)
$$;

-- Of what was owed before, whatever is listed no longer: superseded. Null where all still is.
create function cme.owed_past(p_rows text, p_past text, p_listed text[]) returns text language sql stable as $$
    select jsonb_agg(jsonb_set(jsonb_set(r, '{10}', '"superseded"'), '{11}', 'null'))::text
      from jsonb_array_elements(p_rows::jsonb || coalesce(p_past, '[]')::jsonb) r
     where r ->> 0 <> all (p_listed)
$$;

insert into cme.owed (episode, next_at, act_by, calendar_version, rows)
select e.reference, min(o.next_at) filter (where o.state = 'open'), min(o.act_by) filter (where o.state = 'open'),
       min(o.calendar_version) filter (where o.state = 'open'),
       coalesce(jsonb_agg(jsonb_build_array(
           o.id, o.step, o.clause, o.role, o.org, cme.microseconds(o.due_at), cme.microseconds(nullif(o.alert_at, o.due_at)),
           cme.microseconds(nullif(o.act_by, o.due_at)), cme.microseconds(o.overdue_at), o.level, o.state, cme.microseconds(o.next_at),
           o.pack_version, o.calendar_version, o.engine_version) order by o.due_at, o.id) filter (where o.id is not null), '[]')::text
  from cme.episode e
  left join cme.obligation o on o.episode = e.reference
 group by e.reference;

drop table cme.obligation;

create view cme.obligation with (security_invoker = true) as
select o.episode, r ->> 0 as id, r ->> 1 as step, r ->> 2 as clause, e.authority, e.urn, r ->> 3 as role, r ->> 4 as org,
       cme.instant(r ->> 5) as due_at, cme.instant(coalesce(r ->> 6, r ->> 5)) as alert_at, cme.instant(coalesce(r ->> 7, r ->> 5)) as act_by,
       cme.instant(r ->> 8) as overdue_at, (r ->> 9)::integer as level, r ->> 10 as state, cme.instant(r ->> 11) as next_at,
       (r ->> 12)::integer as pack_version, (r ->> 13)::integer as calendar_version, (r ->> 14)::integer as engine_version
  from cme.owed o
  join cme.episode e on e.reference = o.episode
 cross join lateral jsonb_array_elements(o.rows::jsonb || coalesce(o.past, '[]')::jsonb) r;

-- Who may see the episode may see what it owes.
alter table cme.owed enable row level security;
create policy silo on cme.owed to cme_silo using (true) with check (true);
create policy web on cme.owed for select to cme_web using (exists (select from cme.episode e where e.reference = owed.episode));
grant select on cme.owed, cme.obligation to cme_web;

drop function cme.store_states;

-- Stores grain states, many in one call, each if its version is still the expected one (null: there is none yet), and of the episodes
-- among them the head, the new events and what is owed. These come as columns (Cme.Storage/States/EpisodeColumns.cs): taken out of JSON
-- here they cost PostgreSQL four times as much. Places count from 1: h_state says to which state a head belongs, e_head to which head
-- an event does.
-- A conflict writes nothing of its own item and disturbs no other; its new version is null.
--
-- The planner is held to key lookups, row by row of the input (lateral … offset 0, joined by ctid): it plans once, and would otherwise
-- choose to scan tables that are still empty and keep that choice while they grow. A key may occur once in a call.
create function cme.store_states(
    p_service text, p_names text[], p_keys text[], p_expected integer[], p_payloads bytea[],
    h_state integer[], h_version bigint[], h_authority text[], h_urn text[], h_child text[], h_kind text[], h_status text[], h_stage text[],
    h_first_day date[], h_opened timestamptz[], h_closed timestamptz[], h_closure text[], h_level integer[], h_overdue integer[],
    h_flags text[], h_flagged boolean[], h_owner text[], h_claimed text[], h_pack text[], h_pack_version integer[], h_last_code text[],
    h_next timestamptz[], h_obligation jsonb[], h_updated timestamptz[], h_events integer[],
    h_listed text[], h_owed text[], h_owed_next timestamptz[], h_owed_act_by timestamptz[], h_owed_calendar integer[],
    e_head integer[], e_version bigint[], e_type text[], e_schema integer[], e_happened timestamptz[], e_known timestamptz[], e_actor text[],
    e_data jsonb[])
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

        -- Only what differs: most commands leave what is owed as it was.
        if changed is not null then
            update cme.owed o
               set rows = h_owed[h], set_of = cme.owed_set(h_listed[h]), next_at = h_owed_next[h], act_by = h_owed_act_by[h],
                   calendar_version = h_owed_calendar[h],
                   past = case when held.same_set then o.past
                               else cme.owed_past(o.rows, o.past, string_to_array(h_listed[h], separator)) end
              from generate_series(1, cardinality(h_state)) h
             cross join lateral (select s.ctid, s.set_of = cme.owed_set(h_listed[h]) as same_set from cme.owed s
                                  where won[h_state[h]] and p_expected[h_state[h]] is not null
                                    and s.episode = p_keys[h_state[h]] and s.rows <> h_owed[h]
                                 offset 0) held
             where o.ctid = held.ctid;

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

        if created is not null then
            insert into cme.episode (reference, authority, urn, child_id, kind, status, stage, first_day_missing, opened_at, closed_at,
                   closure, level, overdue_count, flags, flagged, owner, claimed_by, pack, pack_version, last_code, next_at,
                   next_obligation, version, updated_at)
            select p_keys[h_state[h]], h_authority[h], h_urn[h], h_child[h], h_kind[h], h_status[h], h_stage[h], h_first_day[h], h_opened[h],
                   h_closed[h], h_closure[h], h_level[h], h_overdue[h], string_to_array(h_flags[h], separator), h_flagged[h], h_owner[h],
                   h_claimed[h], h_pack[h], h_pack_version[h], h_last_code[h], h_next[h], h_obligation[h], h_version[h], h_updated[h]
              from generate_series(1, cardinality(h_state)) h
             where won[h_state[h]] and p_expected[h_state[h]] is null;

            insert into cme.owed (episode, next_at, act_by, calendar_version, set_of, rows)
            select p_keys[h_state[h]], h_owed_next[h], h_owed_act_by[h], h_owed_calendar[h], cme.owed_set(h_listed[h]), h_owed[h]
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

    select string_agg(r.id, chr(31) order by r."dueAt", r.id) as listed, min(r."nextAt") filter (where r.state = 'open') as next,
           min(r."actBy") filter (where r.state = 'open') as act_by, min(r."calendarVersion") filter (where r.state = 'open') as calendar,
           coalesce(jsonb_agg(jsonb_build_array(
               r.id, r.step, r.clause, r.role, r.org, cme.microseconds(r."dueAt"), cme.microseconds(nullif(r."alertAt", r."dueAt")),
               cme.microseconds(nullif(r."actBy", r."dueAt")), cme.microseconds(r."overdueAt"), r.level, r.state, cme.microseconds(r."nextAt"),
               r."packVersion", r."calendarVersion", r."engineVersion") order by r."dueAt", r.id), '[]')::text as rows
      into o
      from jsonb_to_recordset(doc -> 'obligations')
        as r (id text, step text, clause text, role text, org text, "dueAt" timestamptz, "alertAt" timestamptz, "actBy" timestamptz,
              "overdueAt" timestamptz, level integer, state text, "nextAt" timestamptz, "packVersion" integer, "calendarVersion" integer,
              "engineVersion" integer);

    return (cme.store_states(
        p_service, array[p_name], array[p_key], array[p_expected], array[kept],
        h.state, array[(doc ->> 'version')::bigint], h.authority, h.urn, h.child, h.kind, h.status, h.stage, h.first_day, h.opened, h.closed,
        h.closure, h.level, h.overdue, h.flags, h.flagged, h.owner, h.claimed, h.pack, h.pack_version, h.last_code, h.next, h.obligation,
        h.updated, array[cardinality(e.head)], array[coalesce(o.listed, '')], array[o.rows], array[o.next], array[o.act_by], array[o.calendar],
        e.head, e.version, e.type, e.schema, e.happened, e.known, e.actor, e.data))[1];
end $$;
