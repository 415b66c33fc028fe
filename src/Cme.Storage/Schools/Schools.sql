-- Schools of an authority, all or one. Served by the primary key of school.
select s.authority, s.urn, s.name, s.kind, s.pack, s.commissioner, s.version
  from cme.school s
 where s.authority = @authority
   and s.urn = @urn --? urn
 order by s.name, s.urn
