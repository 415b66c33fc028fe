-- Authorities, all or one. Served by the primary key of authority.
select a.code, a.name, a.calendar::text as calendar, a.version, a.pack
  from cme.authority a
 where true
   and a.code = @code --? code
 order by a.code
