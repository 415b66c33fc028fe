-- Schools that have not taken their authority's calendar, or with an open episode that was worked out by older calendars than the school's
-- latest, although that was published before @before. Served by episode_status_idx and the primary keys of owed, school_calendar
-- and authority_calendar.
select m.authority, m.urn, min(m.published_at)
  from (select e.authority, e.urn, c.published_at
          from cme.sequence s
          join cme.episode e on e.authority = s.authority and e.status = 'open'
         cross join lateral (select c.version, c.published_at from cme.school_calendar c
                              where c.authority = e.authority and c.urn = e.urn order by c.version desc limit 1) c
         where exists (select from cme.owed o where o.episode = e.reference and o.calendar_version < c.version)
         union all
        -- What the authority leads goes by the authority's own calendar; it is told under the authority's code.
        select e.authority, e.urn, a.published_at
          from cme.sequence s
          join cme.episode e on e.authority = s.authority and e.status = 'open' and e.urn = e.authority
         cross join lateral (select a.version, a.published_at from cme.authority_calendar a
                              where a.authority = e.authority order by a.version desc limit 1) a
         where exists (select from cme.owed o where o.episode = e.reference and o.calendar_version < a.version)
         union all
        select k.authority, k.urn, a.published_at
          from cme.school k
         cross join lateral (select a.body, a.published_at from cme.authority_calendar a
                              where a.authority = k.authority order by a.version desc limit 1) a
         cross join lateral (select true from cme.school_calendar c where c.authority = k.authority and c.urn = k.urn limit 1) has_one
          left join lateral (select c.body from cme.school_calendar c
                              where c.authority = k.authority and c.urn = k.urn and c.school_year = 'authority' order by c.version desc limit 1) taken on true
         where taken.body is distinct from a.body) m
 where m.published_at < @before
 group by m.authority, m.urn
 order by min(m.published_at), m.urn
 limit @most
