-- What changed on a board since a number is found by the feed, which has a line for each event anyway. Kept in order by their own number
-- as well, the rows of the boards took an entry in four indexes with every event; now none, and they change in place.
drop index cme.board_row_school_idx, cme.board_row_desk_idx, cme.board_row_lead_idx;

alter table cme.board_row set (fillfactor = 70);

-- Numbers that have no line in the feed: a head that changed without an event. Seldom.
create table cme.renumbered (
    authority text collate "C" not null,
    number    bigint not null,
    episode   text collate "C" not null,
    primary key (authority, number)
);

insert into cme.renumbered (authority, number, episode)
select distinct on (b.authority, b.number) b.authority, b.number, b.episode
  from cme.board_row b
 where not exists (select from cme.feed f where f.authority = b.authority and f.number = b.number);

alter table cme.renumbered enable row level security;
create policy silo on cme.renumbered to cme_silo using (true) with check (true);
create policy web on cme.renumbered for select to cme_web using (exists (select from cme.episode e where e.reference = renumbered.episode));
grant select on cme.renumbered to cme_web;

-- As before, and notes the numbers without an event.
create or replace function cme.publish(p_authority text, p_limit integer)
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
    ), noted as (
        insert into cme.renumbered (authority, number, episode)
        select p_authority, n.number, n.episode from numbered n where n.version is null
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
