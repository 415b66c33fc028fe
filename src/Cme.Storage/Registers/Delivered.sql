-- Notes that signals were delivered. Served by the primary key of signal, one lookup each whatever the planner knows of the table.
update cme.signal s
   set delivered_at = now()
  from unnest($1::text[], $2::text[], $3::bigint[]) d (authority, urn, sequence)
 cross join lateral (select o.ctid from cme.signal o
                      where o.authority = d.authority and o.urn = d.urn and o.sequence = d.sequence and o.delivered_at is null
                     offset 0) owed
 where s.ctid = owed.ctid
