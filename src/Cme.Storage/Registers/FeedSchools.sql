-- The schools of an authority, all, one, or those that one commissions, that have published a calendar: the version that is in force, and when the first one was published.
-- Served by the primary keys of school and school_calendar.
select s.urn, s.name, s.kind, max(c.version) as version, min(c.published_at) as first_published_at
  from cme.school s
  join cme.school_calendar c on c.authority = s.authority and c.urn = s.urn
 where s.authority = @authority
   and s.urn = @urn --? urn
   and s.commissioner = @commissioner --? commissioner
 group by s.urn, s.name, s.kind
 order by s.name, s.urn
