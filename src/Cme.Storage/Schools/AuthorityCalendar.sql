-- An authority's own calendar as published last. Served by the primary key of authority_calendar.
select c.version, c.body::text as body, c.published_at
  from cme.authority_calendar c
 where c.authority = @authority
 order by c.version desc
 limit 1
