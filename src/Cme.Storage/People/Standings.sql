-- What sessions are held against. Served by the primary key of person.
select p.id, p.security_stamp, p.ended_at is not null as ended from cme.person p where p.id = any (@ids)
