-- Tells the chain what somebody did about a way in. Somebody who was not let in, and a command of the machine, are stored nowhere as people.
insert into cme.read_waiting (authority, at, business_at, reader, name, role, organisation, what, subject, shown, fourth, why, source, salt, digest)
select @authority, @at, @businessAt, @actor, coalesce(a.name, ''), coalesce(a.role, ''), coalesce(a.urn, a.authority, ''), 'people:' || @what,
       @person, 1, false, nullif(@detail, ''), @source, salted.salt, sha256(salted.salt)
  from (values (uuid_send(gen_random_uuid()))) as salted (salt)
  left join cme.person a on a.id = @actor
returning id
