-- Stores sheets, their signals and when each school must look next, those of many schools at once. A key that is already held refuses
-- the statement: the batch is then halved until the register at fault stands alone, and nothing of that one is stored.
with sheets as (
    insert into cme.register_sheet (authority, urn, date, session, revision, as_of, received_at, complete, payload, confirmation, doubted_from, doubted_until)
    select given.authority, given.urn, given.date, given.session, given.revision, given.as_of, given.received_at, given.complete, given.payload,
           case when given.confirms
                then (select max(held.confirmation) + 1 from cme.register_sheet held
                       where (held.authority, held.urn, held.date, held.session, held.revision)
                           = (given.authority, given.urn, given.date, given.session, given.revision))
                else 0 end,
           given.doubted_from, given.doubted_until
      from unnest($1::text[], $2::text[], $3::date[], $4::text[], $5::integer[], $6::timestamptz[], $7::timestamptz[],
                  $8::boolean[], $9::bytea[], $16::boolean[], $17::timestamptz[], $18::timestamptz[])
           as given (authority, urn, date, session, revision, as_of, received_at, complete, payload, confirms, doubted_from, doubted_until)
), looks as (
    update cme.school s
       set next_look_at = given.next_look_at
      from unnest($19::text[], $20::text[], $21::timestamptz[]) as given (authority, urn, next_look_at)
     where (s.authority, s.urn) = (given.authority, given.urn) and s.next_look_at is distinct from given.next_look_at
)
insert into cme.signal (authority, urn, sequence, child_id, payload, created_at)
select * from unnest($10::text[], $11::text[], $12::bigint[], $13::text[], $14::jsonb[], $15::timestamptz[])
