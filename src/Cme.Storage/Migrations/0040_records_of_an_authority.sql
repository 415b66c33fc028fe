-- Records that an authority leads have its code in the place of a school's URN, and so has a child whom no school of the authority has: the
-- policies by school then show both to the authority alone. They are listed under the authority's name.
create or replace view cme.episode_row with (security_invoker = true) as
select e.reference, e.authority, e.kind, e.status, e.stage, e.child_id, coalesce(p.forename, '') as forename,
       coalesce(p.surname, '') as surname, coalesce(p.year_group, '') as year_group, coalesce(p.school_pupil_id, '') as school_pupil_id,
       e.urn, coalesce(s.name, a.name, '') as school_name, e.first_day_missing, e.opened_at, e.closed_at, e.closure, e.pack, e.pack_version,
       e.flags, e.flagged, e.owner, e.claimed_by, e.last_code, e.level, e.overdue_count, e.next_at,
       e.next_obligation::text as next_obligation, e.version, e.updated_at, coalesce(b.number, 0) as number,
       held.id as claimed_by_id, held.org as claimed_org, seen.by as acknowledged_by, seen.at as acknowledged_at
  from cme.episode e
  left join cme.school s on s.authority = e.authority and s.urn = e.urn
  left join cme.authority a on a.code = e.authority and e.urn = e.authority
  left join cme.board_row b on b.episode = e.reference
  left join lateral (select p.forename, p.surname, p.year_group, p.school_pupil_id
                       from cme.pupil p
                      where p.authority = e.authority and p.child_id = e.child_id
                      order by p.urn = e.urn desc, p.on_list desc, p.updated_at desc limit 1) p on true
  left join lateral (select coalesce(h.data -> 'holder' ->> 'id', h.data ->> 'officerId') as id,
                            coalesce(h.data -> 'holder' ->> 'org', h.data ->> 'org') as org
                       from cme.event h
                      where e.claimed_by is not null and h.episode = e.reference and h.type in ('Claimed', 'Assigned', 'GivenTo')
                      order by h.version desc limit 1) held on true
  -- What climbs to the lead (level 4) after an acknowledgement is to be acknowledged anew.
  left join lateral (select case when a.type = 'Acknowledged' then a.data ->> 'officer' end as by,
                            case when a.type = 'Acknowledged' then a.happened_at end as at
                       from cme.event a
                      where e.level >= 4 and e.status = 'open' and a.episode = e.reference
                        and (a.type = 'Acknowledged' or a.type in ('BecameOverdue', 'Escalated') and (a.data -> 'level')::integer >= 4)
                      order by a.version desc limit 1) seen on true;


-- The open records of authorities, for whom schools' lists are watched.
create index episode_of_authority_idx on cme.episode (authority, child_id) where urn = authority and status = 'open';

-- As before, and finds children whom no school has.
create or replace function cme.find_pupils(
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
    select p.urn, coalesce(s.name, 'No school here'), p.school_pupil_id, p.child_id, p.upn, p.forename, p.surname, p.date_of_birth, p.year_group,
           p.on_list and s.urn is not null
      from cme.pupil p
      left join cme.school s on s.authority = p.authority and s.urn = p.urn
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
