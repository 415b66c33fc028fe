-- The criteria of a search that has not expired. Served by the primary key.
select s.criteria, s.expires_at
  from cme.search s
 where s.id = @id and s.authority = @authority and s.organisation = @organisation and s.expires_at > @now
