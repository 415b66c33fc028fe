-- One number for boards, feed and messages, per authority. The epoch changes when numbers may have been given twice: after a
-- restore from a backup.
create table cme.sequence (
    authority   text collate "C" primary key,
    epoch       uuid   not null default gen_random_uuid(),
    last_number bigint not null default 0,
    last_hash   bytea  not null default sha256('')
);

create table cme.feed (
    authority text collate "C" not null,
    number    bigint      not null,
    epoch     uuid        not null,
    at        timestamptz not null,     -- system clock
    episode   text collate "C" not null,
    urn       text collate "C" not null,
    version   bigint      not null,
    type      text        not null,
    hash      bytea       not null,     -- of the hash before, this entry's metadata, and the commitment to its content
    primary key (authority, number)
);

create trigger append_only before update or delete or truncate on cme.feed
    for each statement execute function cme.refuse_change();

-- Where each episode stands on the boards, and under which number that last changed. An episode that left a board keeps the
-- number of its leaving, so that a reader learns of it. What the row shows is read from the episode itself: a copy would double
-- the write-ahead log.
create table cme.board_row (
    episode     text collate "C" primary key,
    authority   text collate "C" not null,
    urn         text collate "C" not null,
    version     bigint  not null,
    number      bigint  not null,
    open        boolean not null,
    desk        boolean not null,
    lead        boolean not null,
    overdue     integer not null,
    desk_number bigint,                 -- Null: it was never on the desk, and the desk need not hear of it.
    lead_number bigint
);

create index board_row_open_idx on cme.board_row (authority, urn) where open;
create index board_row_school_idx on cme.board_row (authority, urn, number);
create index board_row_desk_idx on cme.board_row (authority, desk_number) where desk_number is not null;
create index board_row_lead_idx on cme.board_row (authority, lead_number) where lead_number is not null;

create function cme.on_desk(p_status text, p_flagged boolean, p_level integer, p_owner text, p_authority text)
returns boolean language sql immutable as $$
    select p_status = 'open' and (p_flagged or p_level >= 3 or p_owner is not distinct from p_authority)
$$;

create function cme.on_lead(p_status text, p_level integer) returns boolean language sql immutable as $$
    select p_status = 'open' and p_level >= 4
$$;

-- What an entry of the chain binds. Instants are microseconds, so that no setting of a session changes the text.
create function cme.chain_entry(f cme.feed, e cme.event) returns bytea language sql stable as $$
    select convert_to(json_build_array(f.authority, f.number, f.epoch, (extract(epoch from f.at) * 1000000)::bigint, f.episode, f.urn,
                      f.version, f.type, e.schema, (extract(epoch from e.happened_at) * 1000000)::bigint,
                      (extract(epoch from e.known_at) * 1000000)::bigint, (extract(epoch from e.recorded_at) * 1000000)::bigint,
                      e.actor)::text, 'UTF8') || e.commitment
$$;

create function cme.chain_link(state bytea, first bytea, entry bytea) returns bytea language plpgsql immutable as $$
begin
    return sha256(coalesce(state, first) || entry);
end $$;

-- chain(first, entry) over (order by …): each row's hash, starting from the hash before the first.
create aggregate cme.chain(first bytea, entry bytea) (sfunc = cme.chain_link, stype = bytea);

-- Numbers at most p_limit of what an authority has committed, links the audit chain and moves the boards, in one transaction.
-- The row of cme.sequence is the fence: a second sequencer finds it locked and goes away with nothing. Of one episode the
-- versions come in order, since each waited for the one before it.
create function cme.publish(p_authority text, p_limit integer)
returns table (authority text, epoch uuid, number bigint, urns text[], desk boolean, lead boolean, published integer)
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
    was cme.sequence;
begin
    if not exists (select from cme.sequence s where s.authority = p_authority) then
        -- Only then: an insert would wait for whoever is at the row, even to do nothing.
        insert into cme.sequence (authority) values (p_authority) on conflict do nothing;
    end if;
    select s.* into was from cme.sequence s where s.authority = p_authority for update skip locked;
    if not found then
        return;
    end if;

    return query
    with taken as (
        delete from cme.unpublished u
         using (select q.ctid from cme.unpublished q where q.authority = p_authority order by q.id limit p_limit) first
         where u.ctid = first.ctid
        returning u.id, u.episode, u.version
    ), numbered as materialized (
        select t.id, t.episode, t.version, was.last_number + row_number() over (order by t.id) as number from taken t
    ), entries as materialized (
        select n.number, row(p_authority, n.number, was.epoch, now(), n.episode, h.urn, n.version, (e.e).type, ''::bytea)::cme.feed as f, e.e
          from numbered n
         cross join lateral (select e from cme.event e where e.episode = n.episode and e.version = n.version offset 0) e
         cross join lateral (select h.urn from cme.episode h where h.reference = n.episode offset 0) h
    ), fed as (
        insert into cme.feed (authority, number, epoch, at, episode, urn, version, type, hash)
        select (c.f).authority, c.number, (c.f).epoch, (c.f).at, (c.f).episode, (c.f).urn, (c.f).version, (c.f).type,
               cme.chain(was.last_hash, cme.chain_entry(c.f, c.e)) over (order by c.number)
          from entries c
        returning number, hash
    ), rows as (
        insert into cme.board_row as b (episode, authority, urn, version, number, open, desk, lead, overdue, desk_number, lead_number)
        select h.reference, h.authority, h.urn, h.version, n.number, h.status = 'open', m.desk, m.lead, h.overdue_count,
               case when m.desk then n.number end, case when m.lead then n.number end
          from (select n.episode, max(n.number) as number from numbered n group by n.episode) n
         cross join lateral (select h.* from cme.episode h where h.reference = n.episode offset 0) h
         cross join lateral (select cme.on_desk(h.status, h.flagged, h.level, h.owner, h.authority) as desk,
                                    cme.on_lead(h.status, h.level) as lead) m
        on conflict (episode) do update
           set version = excluded.version, number = excluded.number, open = excluded.open, desk = excluded.desk,
               lead = excluded.lead, overdue = excluded.overdue,
               desk_number = case when excluded.desk or b.desk then excluded.number else b.desk_number end,
               lead_number = case when excluded.lead or b.lead then excluded.number else b.lead_number end
        returning b.urn, b.desk_number = b.number as desk, b.lead_number = b.number as lead
    ), counted as (
        update cme.sequence s
           set last_number = was.last_number + (select count(*) from numbered),
               last_hash = coalesce((select f.hash from fed f order by f.number desc limit 1), was.last_hash)
         where s.authority = p_authority and exists (select from numbered)
        returning s.last_number
    )
    select p_authority, was.epoch, c.last_number, r.urns, r.desk, r.lead, (c.last_number - was.last_number)::integer
      from counted c
     cross join (select array_agg(distinct r.urn) as urns, coalesce(bool_or(r.desk), false) as desk,
                        coalesce(bool_or(r.lead), false) as lead from rows r) r;
end $$;

-- Every authority with something to number, by one short probe each, however long the queue is.
create function cme.waiting_authorities() returns setof text language sql stable as $$
    with recursive waiting (authority) as (
        (select u.authority from cme.unpublished u order by u.authority limit 1)
        union all
        select (select u.authority from cme.unpublished u where u.authority > w.authority order by u.authority limit 1)
          from waiting w where w.authority is not null)
    select w.authority from waiting w where w.authority is not null
$$;

-- Where the chain of an authority does not hold, if anywhere: recomputed from the events themselves.
create function cme.verify_chain(p_authority text)
returns table (number bigint, fault text) language sql stable as $$
    with linked as (
        select f, e, f.number, f.hash, lag(f.hash, 1, sha256('')) over (order by f.number) as before
          from cme.feed f
          left join cme.event e on e.episode = f.episode and e.version = f.version
         where f.authority = p_authority)
    select l.number, case when (l.e).episode is null then 'event-missing'
                          when (l.e).commitment <> cme.commitment((l.e).salt, (l.e).data) then 'content-changed'
                          else 'link-broken' end
      from linked l
     where (l.e).episode is null
        or (l.e).commitment <> cme.commitment((l.e).salt, (l.e).data)
        or l.hash <> sha256(l.before || cme.chain_entry(l.f, l.e))
    union all
    select s.last_number, 'end-cut-off'
      from cme.sequence s
     where s.authority = p_authority
       and s.last_hash <> coalesce((select f.hash from cme.feed f where f.authority = p_authority order by f.number desc limit 1), sha256(''))
$$;

-- An episode as it is listed: the head, the names, and the number under which it was last published.
create view cme.episode_row as
select e.reference, e.authority, e.kind, e.status, e.stage, e.child_id, coalesce(p.forename, '') as forename,
       coalesce(p.surname, '') as surname, coalesce(p.year_group, '') as year_group, coalesce(p.school_pupil_id, '') as school_pupil_id,
       e.urn, coalesce(s.name, '') as school_name, e.first_day_missing, e.opened_at, e.closed_at, e.closure, e.pack, e.pack_version,
       e.flags, e.flagged, e.owner, e.claimed_by, e.last_code, e.level, e.overdue_count, e.next_at,
       e.next_obligation::text as next_obligation, e.version, e.updated_at, coalesce(b.number, 0) as number
  from cme.episode e
  left join cme.school s on s.authority = e.authority and s.urn = e.urn
  left join cme.board_row b on b.episode = e.reference
  left join lateral (select p.forename, p.surname, p.year_group, p.school_pupil_id
                       from cme.pupil p
                      where p.authority = e.authority and p.child_id = e.child_id
                      order by p.urn = e.urn desc, p.on_list desc, p.updated_at desc limit 1) p on true;
