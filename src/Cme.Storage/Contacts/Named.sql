-- Whom each school of an authority names, the latest entry of each role: one row for each, and one for a school that names nobody. Served by
-- the primary key of school_contact.
select s.urn, s.name as school_name, s.kind, c.role, c.version, c.name, c.phone, c.email, c.confirmed_on
  from cme.school s
  left join lateral (select distinct on (c.role) c.*
                       from cme.school_contact c
                      where c.authority = s.authority and c.urn = s.urn
                      order by c.role, c.version desc) c on true
 where s.authority = @authority
   and s.urn = @urn --? urn
 order by s.name, s.urn, c.role
