-- Forms that could not be sent because a session had ended, for whoever filled them in. Sealed: the database cannot read them.
create table cme.kept_form (
    authority  text collate "C" not null,
    person     text collate "C" not null,
    episode    text collate "C" not null,
    form       text collate "C" not null,
    content    bytea       not null,
    expires_at timestamptz not null,            -- system clock
    primary key (authority, person, episode, form)
);

create index kept_form_expires_idx on cme.kept_form (expires_at);

alter table cme.kept_form enable row level security;
create policy silo on cme.kept_form to cme_silo using (true) with check (true);
create policy web on cme.kept_form for select to cme_web
 using (authority = (select current_setting('cme.authority', true)) and person = (select current_setting('cme.person', true)));
grant select on cme.kept_form to cme_web;

-- The telephone numbers of a pupil's contacts, digits only: children who share one are often of one family.
create function cme.phones_of(p_particulars jsonb) returns text[]
language sql immutable parallel safe set search_path = pg_catalog as $$
    select coalesce(array_agg(distinct n.digits), '{}')
      from jsonb_array_elements(coalesce(p_particulars -> 'contacts', '[]')) c,
           jsonb_array_elements_text(coalesce(c.value -> 'phones', '[]')) phone,
           lateral (select regexp_replace(phone.value, '\D', '', 'g') as digits) n
     where length(n.digits) >= 7
$$;

create index pupil_phones_idx on cme.pupil using gin (cme.phones_of(particulars));

-- Other children on a list who share the first line and postcode of an address, or a telephone number, with a child. Under a policy neither
-- index would serve, so that it runs as the owner and is held to what its caller may see here. Whose address is to be hidden has no family
-- here, and is nobody's. Served by pupil_child_idx, pupil_postcode_idx and pupil_phones_idx.
create function cme.family_of(p_authority text, p_urn text, p_child text, p_hiding text[], p_limit integer)
returns table (child_id text, urn text, forename text, surname text, year_group text, flags text[], lives_there boolean)
language plpgsql stable security definer set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
    school constant text := coalesce(current_setting('cme.school', true), '');
begin
    if current_setting('role') = 'cme_web'
       and (p_authority is distinct from current_setting('cme.authority', true) or (school <> '' and p_urn is distinct from school)) then
        raise exception 'a family outside what the reader may see' using errcode = 'insufficient_privilege';
    end if;
    if cme.hides_address(p_authority, p_child, p_hiding) then
        return;
    end if;
    return query
    with own as materialized (
        select lower(o.particulars #>> '{address,lines,0}') as line, upper(replace(o.particulars #>> '{address,postcode}', ' ', '')) as postcode,
               cme.phones_of(o.particulars) as phones
          from cme.pupil o where o.authority = p_authority and o.child_id = p_child
    ), kin as (
        select k.* from own cross join lateral (
            select p.child_id, p.urn, p.forename, p.surname, p.year_group, p.flags, true as lives_there
              from cme.pupil p
             where p.authority = p_authority and p.on_list and (p_urn is null or p.urn = p_urn)
               and upper(replace(p.particulars #>> '{address,postcode}', ' ', '')) = own.postcode
               and lower(p.particulars #>> '{address,lines,0}') = own.line
            union all
            select p.child_id, p.urn, p.forename, p.surname, p.year_group, p.flags, false
              from cme.pupil p
             where p.authority = p_authority and p.on_list and (p_urn is null or p.urn = p_urn) and cme.phones_of(p.particulars) && own.phones) k
    )
    select k.child_id, k.urn, k.forename, k.surname, k.year_group, k.flags, bool_or(k.lives_there)
      from kin k
     where k.child_id <> p_child and not cme.hides_address(p_authority, k.child_id, p_hiding)
     group by k.child_id, k.urn, k.forename, k.surname, k.year_group, k.flags
     order by bool_or(k.lives_there) desc, k.surname, k.forename, k.child_id
     limit p_limit;
end $$;

revoke execute on function cme.family_of(text, text, text, text[], integer) from public;
grant execute on function cme.family_of(text, text, text, text[], integer), cme.phones_of(jsonb) to cme_web, cme_silo;
