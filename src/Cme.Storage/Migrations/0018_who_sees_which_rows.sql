-- Who sees which rows: the net under a forgotten filter. Three roles that nobody can log in as. cme_silo is what the product works as, cme_web
-- what it reads as on behalf of somebody, cme_audit what an auditor's pages and the check of the chain read as. The owner of the tables (who
-- migrates) is bound by no policy, so the product does not work as the owner.
do $$
declare
    remedy constant text := format('An administrator runs once, as a superuser: create role cme_web nologin; create role cme_silo nologin; '
        'create role cme_audit nologin; grant cme_web, cme_silo, cme_audit to %I; then start the product again.', current_user);
    name text;
begin
    foreach name in array array['cme_web', 'cme_silo', 'cme_audit'] loop
        if not exists (select from pg_roles r where r.rolname = name) then
            begin
                execute format('create role %I nologin', name);
            exception
                when duplicate_object or unique_violation then null;   -- Another database of this server is being made at this moment.
                when insufficient_privilege then
                    raise exception 'The role % is missing, and % may not create it. %', name, current_user, remedy;
            end;
        end if;
        if not pg_has_role(current_user, name, 'member') then
            begin
                execute format('grant %I to %I', name, current_user);
            exception when insufficient_privilege then
                raise exception '% is no member of the role %. %', current_user, name, remedy;
            end;
        end if;
    end loop;
end $$;

grant usage on schema cme to cme_web, cme_silo, cme_audit;
grant select, insert, update, delete on all tables in schema cme to cme_silo;
grant usage on all sequences in schema cme to cme_silo;
alter default privileges in schema cme grant select, insert, update, delete on tables to cme_silo;
alter default privileges in schema cme grant usage on sequences to cme_silo;
-- What is append-only by a trigger is so by privilege too, and the ledger of migrations is nobody's but the owner's.
revoke update, delete on cme.event, cme.feed, cme.register_sheet, cme.school_calendar, cme.authority_calendar, cme.leave_of_absence,
       cme.removal_asked from cme_silo;
revoke insert, update, delete on cme.migration from cme_silo;

-- Named people who may read layer 4 of an episode or of a child (one of the two). Who no longer may keeps the row: when it was so is evidence.
create table cme.named_reader (
    authority  text collate "C" not null,
    id         uuid primary key default gen_random_uuid(),
    subject    text collate "C" not null,           -- an episode's reference or a child's id
    person     text collate "C" not null,
    name       text        not null,                -- as the person was called when named
    named_at   timestamptz not null default now(),  -- system clock
    named_by   text        not null,
    reason     text        not null,
    ended_at   timestamptz,
    ended_by   text
);

create unique index named_reader_idx on cme.named_reader (authority, subject, person) where ended_at is null;

-- Records that somebody opened without being entitled to, with the reason given. It ends by itself.
create table cme.break_glass (
    authority       text collate "C" not null,
    id              uuid primary key default gen_random_uuid(),
    person          text collate "C" not null,
    name            text        not null,
    role            text        not null,
    organisation    text collate "C" not null,
    episode         text collate "C" not null,
    child_id        text collate "C" not null,
    reason          text        not null check (length(trim(reason)) >= 10),
    opened_at       timestamptz not null default now(),  -- system clock
    expires_at      timestamptz not null,                -- system clock
    acknowledged_at timestamptz,
    acknowledged_by text
);

create index break_glass_open_idx on cme.break_glass (authority, person, expires_at);
create index break_glass_waiting_idx on cme.break_glass (authority, opened_at) where acknowledged_at is null;

-- The episodes that the present reader has open by breaking the glass. Asked once a statement.
create function cme.open_glass() returns text[] language sql stable security definer set search_path = pg_catalog as $$
    select coalesce(array_agg(g.episode), '{}')
      from cme.break_glass g
     where g.authority = current_setting('cme.authority', true) and g.person = current_setting('cme.person', true) and g.expires_at > now()
$$;

-- Whether the present reader may read layer 4 of an episode: named for it or for its child, or having it open.
create function cme.reads_fourth(p_authority text, p_reference text, p_child text) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
    select p_authority = current_setting('cme.authority', true) and coalesce(current_setting('cme.person', true), '') <> ''
       and (exists (select from cme.named_reader n
                     where n.authority = p_authority and n.subject in (p_reference, p_child) and n.person = current_setting('cme.person', true)
                       and n.ended_at is null)
            or p_reference = any (cme.open_glass()))
$$;

-- Since when a child that was at a school is at another one of the authority, and no longer there; null while the child is still on its
-- list, or on nobody's.
create function cme.moved_on(p_authority text, p_child text, p_urn text) returns date
language sql stable security definer set search_path = pg_catalog as $$
    select greatest(min(other.entry_date),
                    (select max(own.leaving_date) + 1 from cme.pupil own
                      where own.authority = p_authority and own.child_id = p_child and own.urn = p_urn))
      from cme.pupil other
     where other.authority = p_authority and other.child_id = p_child and other.urn <> p_urn and other.on_list and other.leaving_date is null
       and not exists (select from cme.pupil own
                        where own.authority = p_authority and own.child_id = p_child and own.urn = p_urn and own.on_list
                          and own.leaving_date is null)
$$;

-- Whether a child's address is to be hidden: by a flag on any roll of the authority, or one that the authority set (the child's own state).
create function cme.hides_address(p_authority text, p_child text, p_hiding text[]) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
    select exists (select from cme.pupil p where p.authority = p_authority and p.child_id = p_child and p.flags && p_hiding)
        or exists (select from cme.grain_state g
                    cross join lateral jsonb_array_elements(convert_from(g.payload, 'UTF8')::jsonb -> 'flags') f
                    where g.service_id = 'cme' and g.state_name = 'child' and g.key = 'child-' || p_child and g.payload is not null
                      and f ->> 'id' = any (p_hiding))
$$;

-- The one way to look for a child by what is known: under a policy no index on lower(surname) would serve, so that it runs as the owner and
-- is held to what its caller may see here. A reader may ask for the authority, school and layer that the session names, and no others.
-- Below layer 4 a postcode that is to be hidden finds nobody. Planned for the criteria given, each of which has an index of its own
-- (pupil_surname_idx and pupil_forename_idx together, pupil_upn_idx, pupil_born_idx, pupil_postcode_idx, pupil_child_idx).
create function cme.find_pupils(
    p_authority text, p_urn text, p_layers integer, p_hiding text[], p_upn text, p_reference text, p_postcode text, p_born date,
    p_words text[], p_limit integer)
returns table (urn text, school_name text, school_pupil_id text, child_id text, upn text, forename text, surname text, date_of_birth date,
               year_group text, on_list boolean)
language plpgsql stable security definer set search_path = pg_catalog
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    school constant text := coalesce(current_setting('cme.school', true), '');
    word1 constant text := p_words[1];
    word2 constant text := p_words[2];
    word3 constant text := p_words[3];
begin
    if current_setting('role') = 'cme_web'
       and (p_authority is distinct from current_setting('cme.authority', true)
            or (school <> '' and p_urn is distinct from school)
            or p_layers > coalesce(nullif(current_setting('cme.layers', true), '')::integer, 0)) then
        raise exception 'a search outside what the reader may see' using errcode = 'insufficient_privilege';
    end if;
    if coalesce(p_upn, p_reference, p_postcode, p_born::text, word1) is null then
        raise exception 'a search without a criterion' using errcode = 'invalid_parameter_value';
    end if;
    return query
    select p.urn, s.name, p.school_pupil_id, p.child_id, p.upn, p.forename, p.surname, p.date_of_birth, p.year_group, p.on_list
      from cme.pupil p
      join cme.school s on s.authority = p.authority and s.urn = p.urn
     where p.authority = p_authority
       and (p_urn is null or p.urn = p_urn)
       and (p_upn is null or p.upn = p_upn)
       and (p_reference is null
            or p.child_id = (select e.child_id from cme.episode e
                              where e.reference = p_reference and e.authority = p_authority and (p_urn is null or e.urn = p_urn)))
       and (p_postcode is null
            or upper(replace(p.particulars #>> '{address,postcode}', ' ', '')) = p_postcode
               and (p_layers >= 4 or not cme.hides_address(p.authority, p.child_id, p_hiding)))
       and (p_born is null or p.date_of_birth = p_born)
       and (word1 is null
            or (lower(p.surname) collate "C" >= word1 and lower(p.surname) collate "C" < word1 || U&'\FFFF')
            or (lower(p.forename) collate "C" >= word1 and lower(p.forename) collate "C" < word1 || U&'\FFFF'))
       and (word2 is null or starts_with(lower(p.surname), word2) or starts_with(lower(p.forename), word2))
       and (word3 is null or starts_with(lower(p.surname), word3) or starts_with(lower(p.forename), word3))
     order by p.on_list desc, p.surname, p.forename, p.school_pupil_id
     limit p_limit;
end $$;

revoke execute on function cme.open_glass(), cme.reads_fourth(text, text, text), cme.moved_on(text, text, text),
       cme.hides_address(text, text, text[]), cme.find_pupils(text, text, integer, text[], text, text, text, date, text[], integer) from public;
grant execute on function cme.open_glass(), cme.reads_fourth(text, text, text), cme.moved_on(text, text, text),
      cme.hides_address(text, text, text[]), cme.find_pupils(text, text, integer, text[], text, text, text, date, text[], integer)
      to cme_web, cme_silo;

-- The policies. A setting is asked in a sub-select, so that it is a constant of the statement and an index can serve it. One that was never
-- set is null, and one that ended with its transaction is '': neither is an authority, so that whoever names none sees nothing. A school
-- of '' is the whole authority.
do $$
declare
    own_authority constant text := $p$authority = (select current_setting('cme.authority', true))$p$;
    own_school constant text := own_authority || $p$ and (%s = (select current_setting('cme.school', true))
                                                          or (select current_setting('cme.school', true)) = '')$p$;
    opened constant text := own_authority || $p$ and (urn = (select current_setting('cme.school', true))
                                                      or (select current_setting('cme.school', true)) = ''
                                                      or %I = any ((select cme.open_glass())::text[]))$p$;
    policy record;
begin
    for policy in
        select * from (values
            ('authority', $p$code = (select current_setting('cme.authority', true))$p$),
            -- Names of schools, and the days on which they are open, are public.
            ('school', own_authority), ('school_calendar', own_authority), ('authority_calendar', own_authority), ('sequence', own_authority),
            ('pupil', format(own_school, 'urn')), ('child_conflict', format(own_school, 'urn')),
            ('register_sheet', format(own_school, 'urn')), ('signal', format(own_school, 'urn')),
            ('leave_of_absence', format(own_school, 'urn')), ('removal_asked', format(own_school, 'urn')),
            ('feed', format(own_school, 'urn')), ('board_row', format(own_school, 'urn')), ('api_key', format(own_school, 'urn')),
            ('referral', format(own_school, 'organisation')), ('search', format(own_school, 'organisation')),
            ('episode', format(opened, 'reference')), ('obligation', format(opened, 'episode')),
            ('event', own_authority || $p$ and ((select current_setting('cme.school', true)) = ''
                                                or exists (select from cme.episode e where e.reference = event.episode))$p$)
        ) as p (name, rule)
    loop
        execute format('alter table cme.%I enable row level security', policy.name);
        execute format('create policy silo on cme.%I to cme_silo using (true) with check (true)', policy.name);
        execute format('create policy web on cme.%I for select to cme_web using (%s)', policy.name, policy.rule);
        if policy.name <> 'api_key' then
            execute format('grant select on cme.%I to cme_web', policy.name);
        end if;
    end loop;
end $$;

-- Not the hash of a key: with it nobody could act, but nobody has to see it.
grant select (id, kind, authority, urn, scopes, label, created_at, revoked_at) on cme.api_key to cme_web;
-- Read as whoever asks, not as its owner.
alter view cme.episode_row set (security_invoker = true);
grant select on cme.episode_row to cme_web;
