-- Every calendar that an authority ever published stays. Each of its schools takes it over beside its own years (school_year 'authority' in
-- school_calendar), so that one number says by what calendars a deadline was worked out.
create table cme.authority_calendar (
    authority    text collate "C" not null references cme.authority,
    version      integer     not null,
    body         jsonb       not null,
    published_at timestamptz not null,
    primary key (authority, version)
);

create trigger append_only before update or delete or truncate on cme.authority_calendar
    for each statement execute function cme.refuse_change();

-- The version, or null if another than p_held (0: none) is published. The same body again keeps its version, whatever was held.
create function cme.publish_authority_calendar(p_authority text, p_body jsonb, p_published_at timestamptz, p_held integer)
returns integer language plpgsql as $$
declare
    held record;
begin
    -- The authority's row is the lock under which its versions are counted.
    perform 1 from cme.authority a where a.code = p_authority for update;
    select c.version, c.body into held from cme.authority_calendar c where c.authority = p_authority order by c.version desc limit 1;
    if held.body = p_body then
        return held.version;
    end if;
    if coalesce(held.version, 0) <> p_held then
        return null;
    end if;
    insert into cme.authority_calendar (authority, version, body, published_at) values (p_authority, p_held + 1, p_body, p_published_at);
    return p_held + 1;
end $$;
