-- An authority's own calendar as published last, or as it was under a version. Served by the primary key of authority_calendar.
select c.version, c.body::text as body, c.published_at
  from cme.authority_calendar c
 where c.authority = @authority
   and c.version <= @version --? version
 order by c.version desc
 limit 1
