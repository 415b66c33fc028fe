-- Boards tell whose an episode is by the officer's id, and what waits for the CME lead to acknowledge it. Both are read from the events
-- that say so, from the newest back: a column of the head would be written with every command, and these change with few.
create or replace view cme.episode_row with (security_invoker = true) as
select e.reference, e.authority, e.kind, e.status, e.stage, e.child_id, coalesce(p.forename, '') as forename,
       coalesce(p.surname, '') as surname, coalesce(p.year_group, '') as year_group, coalesce(p.school_pupil_id, '') as school_pupil_id,
       e.urn, coalesce(s.name, '') as school_name, e.first_day_missing, e.opened_at, e.closed_at, e.closure, e.pack, e.pack_version,
       e.flags, e.flagged, e.owner, e.claimed_by, e.last_code, e.level, e.overdue_count, e.next_at,
       e.next_obligation::text as next_obligation, e.version, e.updated_at, coalesce(b.number, 0) as number,
       held.id as claimed_by_id, held.org as claimed_org, seen.by as acknowledged_by, seen.at as acknowledged_at
  from cme.episode e
  left join cme.school s on s.authority = e.authority and s.urn = e.urn
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

-- What an officer has, wherever it stands. Few episodes are claimed, and a claim changes seldom.
create index episode_claimed_idx on cme.episode (authority, claimed_by) where status = 'open' and claimed_by is not null;
