-- What a report counts of the episodes that began in a period. Served by episode_status_idx (episode_school_idx for one school), by the
-- primary key of event for what was done about each, and by pupil_child_idx. Everything is counted in episodes, so that all tables have one
-- total; the rows of a part add up to it, but for flags, of which a child has several, and for checks and interviews, which are acts.
with picked as materialized (
    select e.reference, e.child_id, e.urn, e.status, e.flags, e.first_day_missing as first_day, e.opened_at, e.closure,
           coalesce((e.closed_at at time zone 'Europe/London')::date, @today) - e.first_day_missing as days,
           e.flags && @care as in_care, count(*) over (partition by e.child_id) as times, p.sex, extract(year from age(e.first_day_missing, p.date_of_birth)) as years,
           case when e.flags && @hiding or length(p.postcode) not between 5 and 7 then '' else left(p.postcode, -3) end as area
      from cme.episode e
      left join lateral (select p.sex, p.date_of_birth, upper(replace(p.particulars #>> '{address,postcode}', ' ', '')) as postcode
                           from cme.pupil p
                          where p.authority = e.authority and p.child_id = e.child_id
                          order by p.urn = e.urn desc, p.on_list desc, p.updated_at desc limit 1) p on true
     where e.authority = @authority and e.status in ('open', 'closed') and e.opened_at >= @since and e.opened_at < @before
       and e.urn = @urn --? urn
       and e.kind in ('whereabouts', 'cme')
       and coalesce(e.closure, '') <> all (@mistakes)
), act as materialized (
    select k.reference, e.version, e.type, e.data #>> '{deed,action}' as action, e.data #>> '{deed,outcome}' as outcome, e.data #>> '{deed,whom}' as whom
      from picked k
     cross join lateral (select e.version, e.type, e.data from cme.event e
                          where e.episode = k.reference and e.type in ('ActionRecorded', 'ReferralJoined') offset 0) e
     where not exists (select from cme.event c
                        where c.episode = k.reference and c.type = 'ActionRecorded' and (c.data #>> '{deed,corrects}')::bigint = e.version)
), told as materialized (
    select k.reference, k.flags,
           exists (select from act a where a.reference = k.reference
                      and (a.action = 'refer-police' or (a.action in ('notify', 'agency-update') and a.whom = 'police'))) as police,
           exists (select from act a where a.reference = k.reference
                      and (a.action = 'refer-csc' or (a.action in ('notify', 'agency-update') and a.whom = 'childrens-services'))) as social_care,
           exists (select from act a where a.reference = k.reference and a.type = 'ReferralJoined') as referred
      from picked k
), found as materialized (
    select distinct on (a.reference) a.reference, a.outcome, coalesce(a.whom, '') as whom
      from act a where a.action = 'found'
     order by a.reference, a.version desc
), counted (part, name, number) as (
    select 'episodes', '', count(*) from picked
    union all select 'children', '', count(distinct child_id) from picked
    union all select 'open', '', count(*) from picked where status = 'open'
    union all select 'repeat', '', count(*) from picked where 'repeat_missing' = any (flags)
    union all select 'care', case when in_care then 'in-care' else 'not-in-care' end, count(*) from picked group by 2
    union all select 'police', '', count(*) from told where police
    union all select 'social-care', '', count(*) from told where social_care
    union all select 'hidden', '', count(*) from told where not police and (referred or 'hidden_missing' = any (flags))
    union all select 'age', case when years is null then '' when years < 5 then '0' when years < 8 then '5' when years < 11 then '8'
                                 when years < 14 then '11' when years < 17 then '14' else '17' end, count(*) from picked group by 2
    union all select 'sex', coalesce(sex, ''), count(*) from picked group by 2
    union all select 'flag', f.id, count(*) from picked k cross join lateral unnest(k.flags) f (id) group by 2
    union all select 'times', least(times, 4)::text, count(*) from picked group by 2
    union all select 'length', case when status = 'open' then 'open'
                                    else (select min(u.at) from unnest(@upto) with ordinality u (days, at) where k.days <= u.days)::text end,
                     count(*) from picked k group by 2
    union all select 'closure', case when status = 'open' then '' else coalesce(closure, '') end, count(*) from picked group by 2
    union all select 'school', urn, count(*) from picked group by 2
    union all select 'area', coalesce(area, ''), count(*) from picked group by 2
    union all select 'month', to_char(first_day, 'YYYY-MM'), count(*) from picked group by 2
    union all select 'weekday', to_char(first_day, 'ID'), count(*) from picked group by 2
    union all select 'place', outcome, count(*) from found group by 2
    union all select 'company', whom, count(*) from found group by 2
    union all select 'check', outcome, count(*) from act where action = 'safe-and-well-check' group by 2
    union all select 'interview', outcome, count(*) from act where action = 'return-interview' group by 2
)
select part, coalesce(name, '') as name, number::integer as number from counted order by part, name
