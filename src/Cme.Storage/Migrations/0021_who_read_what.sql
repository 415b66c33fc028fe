-- Who read what: every opening of a record, list, board, search and every sign-in, chained per authority. An entry is queued when something is
-- shown, and numbered afterwards. It holds no name of a child and no words of a search, only a salted commitment to what was shown or sought.
create table cme.read_waiting (
    id           bigint generated always as identity primary key,
    authority    text collate "C" not null,
    at           timestamptz not null,             -- system clock
    business_at  timestamptz not null,
    reader       text collate "C" not null,        -- a person's id or key-…
    name         text        not null,
    role         text        not null,             -- empty for a key
    organisation text collate "C" not null,
    what         text        not null,
    subject      text collate "C",                 -- an episode's reference, a child's id, a board, a school
    child_id     text collate "C",
    shown        integer     not null,             -- how many rows
    fourth       boolean     not null,             -- layer 4 was shown
    why          text,
    source       text        not null,             -- the address it was asked from
    salt         bytea       not null,
    digest       bytea       not null              -- of the salt, and the rows shown or the words sought
);

create table cme.read_entry (
    authority    text collate "C" not null,
    number       bigint      not null,
    at           timestamptz not null,
    business_at  timestamptz not null,
    reader       text collate "C" not null,
    name         text        not null,
    role         text        not null,
    organisation text collate "C" not null,
    what         text        not null,
    subject      text collate "C",
    child_id     text collate "C",
    shown        integer     not null,
    fourth       boolean     not null,
    why          text,
    source       text        not null,
    salt         bytea       not null,
    digest       bytea       not null,
    event_number bigint      not null,             -- how far the events were numbered by then,
    event_hash   bytea       not null,             -- and their chain: the two bind each other
    hash         bytea       not null,
    primary key (authority, number)
);

create index read_entry_subject_idx on cme.read_entry (authority, subject, number desc);
create index read_entry_child_idx on cme.read_entry (authority, child_id, number desc);
create index read_entry_reader_idx on cme.read_entry (authority, reader, number desc);

create trigger append_only before update or delete or truncate on cme.read_entry
    for each statement execute function cme.refuse_change();

-- Where the chain of readings stands. Its row is the fence between those who number.
create table cme.read_chain (
    authority   text collate "C" primary key,
    last_number bigint not null default 0,
    last_hash   bytea  not null default sha256('')
);

-- How far both chains were last verified, from the first entry on, and how far the present pass has come.
create table cme.chain_proof (
    authority    text collate "C" primary key,
    event_at     bigint      not null default 0,
    read_at      bigint      not null default 0,
    event_number bigint,
    read_number  bigint,
    proved_at    timestamptz,                      -- system clock
    fault        text,                             -- the first that was found, until it is mended
    fault_at     timestamptz
);

-- What an entry of the chain binds. Instants are microseconds, so that no setting of a session changes the text.
create function cme.read_bytes(r cme.read_entry) returns bytea language sql stable as $$
    select convert_to(json_build_array(r.authority, r.number, (extract(epoch from r.at) * 1000000)::bigint,
                      (extract(epoch from r.business_at) * 1000000)::bigint, r.reader, r.name, r.role, r.organisation, r.what, r.subject,
                      r.child_id, r.shown, r.fourth, r.why, r.source, r.event_number)::text, 'UTF8') || r.salt || r.digest || r.event_hash
$$;

-- Numbers at most p_limit of what waits, for each authority, and links them. Whoever finds an authority's row locked leaves it to the other.
create function cme.chain_reads(p_limit integer) returns integer language plpgsql as $$
declare
    one text;
    was cme.read_chain;
    taken integer;
    total integer := 0;
begin
    for one in select distinct w.authority from cme.read_waiting w loop
        insert into cme.read_chain (authority) values (one) on conflict do nothing;
        select c.* into was from cme.read_chain c where c.authority = one for update skip locked;
        continue when not found;
        with gone as (
            delete from cme.read_waiting w
             using (select q.id from cme.read_waiting q where q.authority = one order by q.id limit p_limit) first
             where w.id = first.id
            returning w.*
        ), numbered as (
            select row(g.authority, was.last_number + row_number() over (order by g.id), g.at, g.business_at, g.reader, g.name, g.role,
                       g.organisation, g.what, g.subject, g.child_id, g.shown, g.fourth, g.why, g.source, g.salt, g.digest,
                       coalesce(s.last_number, 0), coalesce(s.last_hash, sha256('')), ''::bytea)::cme.read_entry as r
              from gone g
              left join cme.sequence s on s.authority = g.authority
        ), linked as (
            insert into cme.read_entry
            select (n.r).authority, (n.r).number, (n.r).at, (n.r).business_at, (n.r).reader, (n.r).name, (n.r).role, (n.r).organisation,
                   (n.r).what, (n.r).subject, (n.r).child_id, (n.r).shown, (n.r).fourth, (n.r).why, (n.r).source, (n.r).salt, (n.r).digest,
                   (n.r).event_number, (n.r).event_hash, cme.chain(was.last_hash, cme.read_bytes(n.r)) over (order by (n.r).number)
              from numbered n
            returning number, hash
        )
        update cme.read_chain c
           set last_number = l.number, last_hash = l.hash
          from (select l.number, l.hash from linked l order by l.number desc limit 1) l
         where c.authority = one;
        get diagnostics taken = row_count;
        total := total + taken;
    end loop;
    return total;
end $$;

-- Where the chain of readings does not hold, after a number and for at most so many entries.
create function cme.verify_reads(p_authority text, p_after bigint, p_limit integer)
returns table (number bigint, fault text) language sql stable as $$
    with held as (
        select r, r.number, r.hash, r.event_number, r.event_hash
          from cme.read_entry r
         where r.authority = p_authority and r.number >= p_after
         order by r.number
         limit p_limit + 1
    ), linked as (
        select h.*, lag(h.hash) over (order by h.number) as before, lag(h.number) over (order by h.number) as number_before from held h
    )
    select l.number, case when l.number <> coalesce(l.number_before, 0) + 1 then 'entry-missing'
                          when l.event_hash is distinct from coalesce(f.hash, sha256('')) then 'events-differ'
                          else 'link-broken' end
      from linked l
      left join lateral (   -- A number may have been given to a head that changed with no event.
        select f.hash from cme.feed f where f.authority = p_authority and f.number <= l.event_number order by f.number desc limit 1) f on true
     where l.number > p_after
       and (l.number <> coalesce(l.number_before, 0) + 1
            or l.event_hash is distinct from coalesce(f.hash, sha256(''))
            or l.hash is distinct from sha256(coalesce(l.before, sha256('')) || cme.read_bytes(l.r)))
    union all
    select c.last_number, 'end-cut-off'
      from cme.read_chain c
      left join lateral (select r.number, r.hash from cme.read_entry r where r.authority = p_authority order by r.number desc limit 1) last on true
     where c.authority = p_authority
       and (c.last_number, c.last_hash) is distinct from (coalesce(last.number, 0), coalesce(last.hash, sha256('')))
$$;

-- The same for the chain of events (migration 0006), a part at a time.
create function cme.verify_events(p_authority text, p_after bigint, p_limit integer)
returns table (number bigint, fault text) language sql stable as $$
    with held as (
        select f, f.number, f.hash, f.episode, f.version from cme.feed f
         where f.authority = p_authority and f.number >= p_after
         order by f.number
         limit p_limit + 1
    ), linked as (
        select h.*, e, lag(h.hash) over (order by h.number) as before
          from held h
          left join cme.event e on e.episode = h.episode and e.version = h.version
    )
    select l.number, case when (l.e).episode is null then 'event-missing'
                          when (l.e).commitment <> cme.commitment((l.e).salt, (l.e).data) then 'content-changed'
                          else 'link-broken' end
      from linked l
     where l.number > p_after
       and ((l.e).episode is null
            or (l.e).commitment <> cme.commitment((l.e).salt, (l.e).data)
            or l.hash <> sha256(coalesce(l.before, sha256('')) || cme.chain_entry(l.f, l.e)))
    union all
    select s.last_number, 'end-cut-off'
      from cme.sequence s
     where s.authority = p_authority
       and s.last_hash <> coalesce((select f.hash from cme.feed f where f.authority = p_authority order by f.number desc limit 1), sha256(''))
$$;

-- Verifies the next part of both chains of an authority. At their ends it writes down how far they were proved, and begins again from the
-- first entry: whoever changes an old one is found by the next pass.
create function cme.prove_chain(p_authority text, p_limit integer) returns table (chain text, number bigint, fault text)
language plpgsql as $$
#variable_conflict use_column
declare
    p cme.chain_proof;
    events_to bigint;
    reads_to bigint;
    found text;
begin
    insert into cme.chain_proof (authority) values (p_authority) on conflict do nothing;
    select c.* into p from cme.chain_proof c where c.authority = p_authority for update;
    select coalesce(max(f.number), p.event_at) into events_to
      from (select f.number from cme.feed f where f.authority = p_authority and f.number > p.event_at order by f.number limit p_limit) f;
    select coalesce(max(r.number), p.read_at) into reads_to
      from (select r.number from cme.read_entry r where r.authority = p_authority and r.number > p.read_at order by r.number limit p_limit) r;
    for chain, number, fault in
        select 'events', v.number, v.fault from cme.verify_events(p_authority, p.event_at, p_limit) v
        union all
        select 'readings', v.number, v.fault from cme.verify_reads(p_authority, p.read_at, p_limit) v
    loop
        found := coalesce(found, chain || ' ' || number || ': ' || fault);
        return next;
    end loop;
    if found is not null then
        update cme.chain_proof c set fault = found, fault_at = now(), event_at = 0, read_at = 0 where c.authority = p_authority;
    elsif not exists (select from cme.feed f where f.authority = p_authority and f.number > events_to)
          and not exists (select from cme.read_entry r where r.authority = p_authority and r.number > reads_to) then
        update cme.chain_proof c
           set event_at = 0, read_at = 0, event_number = events_to, read_number = reads_to, proved_at = now(), fault = null, fault_at = null
         where c.authority = p_authority;
    else
        update cme.chain_proof c set event_at = events_to, read_at = reads_to where c.authority = p_authority;
    end if;
end $$;

revoke update, delete on cme.read_entry from cme_silo;

-- Auditors read the log of their authority, and what happened without its content; nobody reads it on any other reader's behalf.
do $$
declare
    rule constant text := $p$authority = (select current_setting('cme.authority', true))$p$;
    name text;
begin
    foreach name in array array['read_entry', 'read_chain', 'chain_proof', 'read_waiting'] loop
        execute format('alter table cme.%I enable row level security', name);
        execute format('create policy silo on cme.%I to cme_silo using (true) with check (true)', name);
    end loop;
    foreach name in array array['read_entry', 'read_chain', 'chain_proof', 'sequence', 'authority', 'break_glass', 'named_reader'] loop
        if name in ('break_glass', 'named_reader') then
            execute format('alter table cme.%I enable row level security', name);
            execute format('create policy silo on cme.%I to cme_silo using (true) with check (true)', name);
        end if;
        execute format('create policy audit on cme.%I for select to cme_audit using (%s)', name,
                       case name when 'authority' then $p$code = (select current_setting('cme.authority', true))$p$ else rule end);
        execute format('grant select on cme.%I to cme_audit', name);
    end loop;
end $$;
