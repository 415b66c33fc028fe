-- A school's calendars as they were known at a version: for each school year the latest that is not above it. Served by the primary
-- key of school_calendar.
select distinct on (c.school_year) c.school_year, c.version, c.body::text as body, c.published_at
  from cme.school_calendar c
 where c.authority = @authority and c.urn = @urn
   and c.version <= @version --? version
 order by c.school_year, c.version desc
