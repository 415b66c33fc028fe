-- The same answers as before, found in another way: what a roll must know of pupils is read once for the whole roll. One look-up for each of
-- its pupils was as slow as the index that the planner chose, and several begin with the authority: by statistics of another authority's, or
-- made before the first pupil came, it chose one that reads all pupils of the authority, for each of several hundred. Now the worst choice
-- reads them once.
create or replace function cme.change_roll(p_authority text, p_urn text, p_full boolean, p_items jsonb, p_listed text[])
returns table (school_pupil_id text, child_id text, outcome text, conflict boolean)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
begin
    -- First the UPNs, in a statement of their own: it waits for another school that is importing the same child, and the next
    -- statement then sees what that school stored.
    with roll as materialized (
        select p.school_pupil_id, p.child_id from cme.pupil p where p.authority = p_authority and p.urn = p_urn
    )
    insert into cme.child_upn (authority, upn, child_id)
    select p_authority, i.upn, coalesce(p.child_id, former.child_id, i."childId")
      from (select distinct on (i.upn) i.*
              from jsonb_to_recordset(p_items) as i ("ordinal" integer, "schoolPupilId" text, "childId" text, upn text,
                   "formerUpns" text[], forename text, surname text, "dateOfBirth" date)
             where i.upn is not null
             order by i.upn, i."ordinal") i
      left join roll p on p.school_pupil_id = i."schoolPupilId"
      left join lateral (select u.child_id from cme.child_upn u
                          where u.authority = p_authority and u.upn = any (i."formerUpns")
                            and cme.same_child(p_authority, u.child_id, i.forename, i.surname, i."dateOfBirth")
                          order by u.upn limit 1) former on true
     order by i.upn
    on conflict do nothing;

    return query
    with roll as materialized (
        select p.school_pupil_id, p.child_id from cme.pupil p where p.authority = p_authority and p.urn = p_urn
    ), item as materialized (
        select i.*, p.child_id as held, u.child_id as named,
               row_number() over (partition by i.upn order by i."ordinal") as nth_of_upn
          from jsonb_to_recordset(p_items) as i ("ordinal" integer, "schoolPupilId" text, "childId" text, upn text,
               "formerUpns" text[], forename text, surname text, "dateOfBirth" date, sex text, "yearGroup" text,
               "entryDate" date, "leavingDate" date, ground text, destination text, "firstLanguage" text, flags text[],
               particulars jsonb)
          left join roll p on p.school_pupil_id = i."schoolPupilId"
          left join cme.child_upn u on u.authority = p_authority and u.upn = i.upn
    ), known as materialized (
        select p.child_id, p.date_of_birth, lower(p.forename) as forename, lower(p.surname) as surname
          from cme.pupil p
         where p.authority = p_authority and p.child_id = any (array(select i.named from item i where i.held is null and i.named is not null))
    ), same as materialized (
        -- As cme.same_child: nobody has the child yet, or one who does has the birth date or the name.
        select i."ordinal", count(k.child_id) = 0
               or bool_or(k.date_of_birth = i."dateOfBirth" or (k.forename = lower(i.forename) and k.surname = lower(i.surname))) as is_same
          from item i
          left join known k on k.child_id = i.named
         group by i."ordinal"
    ), resolved as materialized (
        select i.*,
               case when i.held is not null then i.held
                    when i.named is not null and i.nth_of_upn = 1   -- Twice in one list is not one child twice.
                         and s.is_same then i.named
                    else i."childId" end as child
          from item i
          join same s on s."ordinal" = i."ordinal"
    ), children as (
        insert into cme.child (authority, id)
        select distinct p_authority, r.child from resolved r where r.held is null
        on conflict do nothing
    ), stored as (
        insert into cme.pupil as p (authority, urn, school_pupil_id, child_id, upn, former_upns, forename, surname, date_of_birth,
               sex, year_group, entry_date, leaving_date, ground, destination, first_language, flags, particulars)
        select p_authority, p_urn, r."schoolPupilId", r.child, r.upn, coalesce(r."formerUpns", '{}'), r.forename, r.surname,
               r."dateOfBirth", r.sex, r."yearGroup", r."entryDate", r."leavingDate", r.ground, r.destination, r."firstLanguage",
               coalesce(r.flags, '{}'), coalesce(r.particulars, '{}')
          from resolved r
        on conflict on constraint pupil_pkey do update
           set upn = excluded.upn, former_upns = excluded.former_upns, forename = excluded.forename, surname = excluded.surname,
               date_of_birth = excluded.date_of_birth, sex = excluded.sex, year_group = excluded.year_group,
               entry_date = excluded.entry_date, leaving_date = excluded.leaving_date, ground = excluded.ground,
               destination = excluded.destination, first_language = excluded.first_language, flags = excluded.flags,
               particulars = excluded.particulars, on_list = true, version = p.version + 1, updated_at = now()
         where (p.upn, p.former_upns, p.forename, p.surname, p.date_of_birth, p.sex, p.year_group, p.entry_date, p.leaving_date,
                p.ground, p.destination, p.first_language, p.flags, p.particulars, p.on_list)
               is distinct from
               (excluded.upn, excluded.former_upns, excluded.forename, excluded.surname, excluded.date_of_birth, excluded.sex,
                excluded.year_group, excluded.entry_date, excluded.leaving_date, excluded.ground, excluded.destination,
                excluded.first_language, excluded.flags, excluded.particulars, true)
        returning p.school_pupil_id
    ), conflicts as (
        insert into cme.child_conflict (authority, upn, child_id, other_child_id, urn, school_pupil_id)
        select p_authority, r.upn, r.child, r.named, p_urn, r."schoolPupilId"
          from resolved r where r.named <> r.child
        on conflict do nothing
    ), gone as (
        update cme.pupil p
           set on_list = false, version = p.version + 1, updated_at = now()
         where p_full and p.authority = p_authority and p.urn = p_urn and p.on_list
           and p.school_pupil_id <> all (p_listed)
           and p.school_pupil_id not in (select r."schoolPupilId" from resolved r)
        returning p.school_pupil_id, p.child_id
    )
    select r."schoolPupilId", r.child,
           case when r."schoolPupilId" in (select s.school_pupil_id from stored s) then 'changed' else 'unchanged' end,
           r.named is not null and r.named <> r.child
      from resolved r
    union all
    select g.school_pupil_id, g.child_id, 'not-on-list', false from gone g;
end $$;
