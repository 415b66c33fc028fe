-- Keys compare byte by byte (collate "C") everywhere: an index then survives an upgrade of the system's own collations, and a
-- page of a list continues exactly where the last one ended.

create table cme.authority (
    code     text collate "C" primary key,
    name     text    not null,
    calendar jsonb   not null default '{}',
    version  integer not null default 1
);

create table cme.school (
    authority    text collate "C" not null references cme.authority,
    urn          text collate "C" not null,
    name         text    not null,
    kind         text    not null check (kind in ('school', 'provider')),
    pack         text,
    commissioner text,
    version      integer not null default 1,
    primary key (authority, urn)
);

-- Every calendar that was ever published stays: a deadline says which version it was derived from. One number counts over all
-- years of a school, so "the calendars as known at 7" is, for each year, the greatest version that is not above 7.
create table cme.school_calendar (
    authority    text collate "C" not null,
    urn          text collate "C" not null,
    school_year  text collate "C" not null,
    version      integer     not null,
    body         jsonb       not null,
    published_at timestamptz not null,
    primary key (authority, urn, school_year, version),
    unique (authority, urn, version),
    foreign key (authority, urn) references cme.school
);

create function cme.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'cme.% is append-only: add a correction instead of changing what was recorded', tg_table_name
        using errcode = 'object_not_in_prerequisite_state';
end $$;

create trigger append_only before update or delete or truncate on cme.school_calendar
    for each statement execute function cme.refuse_change();

create function cme.publish_calendar(p_authority text, p_urn text, p_school_year text, p_body jsonb, p_published_at timestamptz)
returns integer language plpgsql as $$
declare
    held record;
    given integer;
begin
    -- The school's row is the lock under which its versions are counted.
    perform 1 from cme.school s where s.authority = p_authority and s.urn = p_urn for update;
    select c.version, c.body into held from cme.school_calendar c
     where c.authority = p_authority and c.urn = p_urn and c.school_year = p_school_year
     order by c.version desc limit 1;
    if held.body = p_body then
        return held.version;
    end if;
    insert into cme.school_calendar (authority, urn, school_year, version, body, published_at)
    select p_authority, p_urn, p_school_year, coalesce(max(c.version), 0) + 1, p_body, p_published_at
      from cme.school_calendar c where c.authority = p_authority and c.urn = p_urn
    returning version into given;
    return given;
end $$;
