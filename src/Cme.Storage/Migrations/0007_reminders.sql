-- Both runtimes keep their reminders here.
create table cme.reminder (
    service_id text collate "C" not null,
    grain_id   text collate "C" not null,
    name       text collate "C" not null,
    start_at   timestamptz not null,   -- business clock
    period_ms  bigint      not null,
    hash       integer     not null,   -- Orleans' hash of the grain id: a silo reads a range of it.
    version    integer     not null,
    primary key (service_id, grain_id, name)
) with (fillfactor = 80);

create index reminder_start_idx on cme.reminder (start_at);
create index reminder_hash_idx on cme.reminder (service_id, hash);

-- A reminder may occur once in a call.
create function cme.upsert_reminders(
    p_service text, p_grains text[], p_names text[], p_starts timestamptz[], p_periods bigint[], p_hashes integer[])
returns table (ordinal integer, version integer)
language plpgsql
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    return query
    with input as materialized (
        select u.*, u.ordinality::integer as ordinal
          from unnest(p_grains, p_names, p_starts, p_periods, p_hashes) with ordinality as u (grain_id, name, start_at, period_ms, hash)
    ), stored as (
        insert into cme.reminder as r (service_id, grain_id, name, start_at, period_ms, hash, version)
        select p_service, i.grain_id, i.name, i.start_at, i.period_ms, i.hash, 1 from input i
        on conflict (service_id, grain_id, name) do update
           set start_at = excluded.start_at, period_ms = excluded.period_ms, hash = excluded.hash, version = r.version + 1
        returning r.grain_id, r.name, r.version
    )
    select i.ordinal, s.version from stored s join input i on i.grain_id = s.grain_id and i.name = s.name;
end $$;
