-- The latest revision of each register of some schools on some days, without the marks, and when the first one came. Served by the
-- primary key of register_sheet, one look-up a school and day.
select asked.urn, sheet.*
  from unnest(@urns, @days) as asked (urn, day)
 cross join lateral (
    select distinct on (r.session) r.date, r.session, r.revision, r.received_at as revised_at,
           min(r.received_at) over (partition by r.session) as received_at, r.complete, r.doubted_from, r.doubted_until
      from cme.register_sheet r
     where r.authority = @authority and r.urn = asked.urn and r.date = asked.day
     order by r.session, r.revision desc, r.confirmation desc) sheet
