-- What happens to people's ways in goes into the chain of who read what (migration 0021), and nowhere else: a sign-in, an invitation or a
-- changed role can then be taken away as little as a reading. What was told before goes along, under the time at which it happened.
insert into cme.read_waiting (authority, at, business_at, reader, name, role, organisation, what, subject, shown, fourth, why, source, salt, digest)
select coalesce(e.authority, ''), e.at, e.at, e.actor, coalesce(a.name, ''), coalesce(a.role, ''), coalesce(a.urn, a.authority, ''), 'people:' || e.what,
       e.person, 1, false, nullif(e.detail, ''), '', salted.salt, sha256(salted.salt)
  from cme.person_event e
  left join cme.person a on a.id = e.actor
 cross join lateral (select uuid_send(gen_random_uuid()) as salt where e.number is not null) salted
 order by e.number;

drop table cme.person_event;
