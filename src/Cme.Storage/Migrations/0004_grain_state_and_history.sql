-- One row a grain. The key is unique, unlike that of Orleans' stock script, under which two first writes both succeed.
create table cme.grain_state (
    service_id  text collate "C" not null,
    state_name  text collate "C" not null,
    key         text collate "C" not null,
    version     integer     not null,
    payload     bytea,
    modified_at timestamptz not null default now(),
    primary key (service_id, state_name, key)
) with (fillfactor = 70);   -- Room for the next version on the same page: no index is touched.

-- The history of an episode. The commitment binds the content to the audit chain; its salt keeps short contents from being
-- guessed once they are erased.
create table cme.event (
    episode     text collate "C" not null,
    version     bigint      not null check (version > 0),
    authority   text collate "C" not null,
    type        text        not null,
    schema      integer     not null,
    happened_at timestamptz not null,                  -- business clock
    known_at    timestamptz not null,                  -- business clock
    recorded_at timestamptz not null default now(),    -- system clock
    actor       text        not null,
    data        jsonb       not null,
    salt        bytea       not null,
    commitment  bytea       not null,
    primary key (episode, version)
);

create trigger append_only before update or delete or truncate on cme.event
    for each statement execute function cme.refuse_change();

-- Called stable, because only then may PostgreSQL put it in line: called immutable it cost more than the rest of the insert.
create function cme.commitment(p_salt bytea, p_data jsonb) returns bytea language sql stable as $$
    select sha256(p_salt || convert_to(p_data::text, 'UTF8'))
$$;

-- The head of an episode as lists and boards read it, written in the transaction of its events.
create table cme.episode (
    reference         text collate "C" primary key,
    authority         text collate "C" not null,
    urn               text collate "C" not null,
    child_id          text collate "C" not null,
    kind              text        not null,
    status            text collate "C" not null check (status in ('open', 'closed')),
    stage             text        not null,
    first_day_missing date        not null,
    opened_at         timestamptz not null,
    closed_at         timestamptz,
    closure           text,
    level             integer     not null check (level between 0 and 4),
    overdue_count     integer     not null,
    flags             text[]      not null default '{}',
    flagged           boolean     not null,
    owner             text,
    claimed_by        text,
    pack              text        not null,
    pack_version      integer     not null,
    last_code         text        not null,
    next_at           timestamptz,
    next_obligation   jsonb,
    version           bigint      not null,
    updated_at        timestamptz not null
) with (fillfactor = 80);

create index episode_status_idx on cme.episode (authority, status, opened_at desc, reference);
create index episode_school_idx on cme.episode (authority, urn, status, opened_at desc, reference);
create index episode_child_idx on cme.episode (authority, child_id);

-- Lists are paged by opened_at and boards are found by school, so these must not move under a reader.
create function cme.refuse_other_child() returns trigger language plpgsql as $$
begin
    raise exception 'episode % belongs to another child, school or kind: open another episode and link the two', old.reference
        using errcode = 'integrity_constraint_violation';
end $$;

create trigger stays_with_its_child before update on cme.episode for each row
    when ((old.authority, old.urn, old.child_id, old.kind) is distinct from (new.authority, new.urn, new.child_id, new.kind))
    execute function cme.refuse_other_child();

create table cme.obligation (
    episode          text collate "C" not null,
    id               text collate "C" not null,
    step             text        not null,
    clause           text        not null,
    authority        text collate "C" not null,
    urn              text collate "C" not null,
    role             text        not null,
    org              text        not null,
    due_at           timestamptz not null,
    alert_at         timestamptz not null,
    act_by           timestamptz not null,
    overdue_at       timestamptz,
    level            integer     not null,
    state            text        not null check (state in ('open', 'satisfied', 'superseded', 'suppressed')),
    next_at          timestamptz,
    pack_version     integer     not null,
    calendar_version integer     not null,
    engine_version   integer     not null,
    primary key (episode, id)
);

create index obligation_next_idx on cme.obligation (next_at) where state = 'open' and next_at is not null;

-- What is committed and not yet numbered. A row without a version is a head that changed with no event.
create table cme.unpublished (
    authority text collate "C" not null,
    id        bigint generated always as identity,
    episode   text collate "C" not null,
    version   bigint,
    queued_at timestamptz not null default now(),
    primary key (authority, id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);   -- A queue: nearly all of it is dead rows.
