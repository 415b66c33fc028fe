-- Queues entries, those of many readers at once, in the order in which they came.
insert into cme.read_waiting (authority, at, business_at, reader, name, role, organisation, what, subject, child_id, shown, fourth, why, source, salt, digest)
select e.authority, e.at, e."businessAt", e.reader, e.name, e.role, e.organisation, e.what, e.subject, e."childId", e.shown, e.fourth, e.why, e.source,
       decode(e.salt, 'base64'), decode(e.digest, 'base64')
  from jsonb_array_elements($1) with ordinality as given (one, place)
 cross join lateral jsonb_to_record(given.one)
    as e (authority text, at timestamptz, "businessAt" timestamptz, reader text, name text, role text, organisation text, what text, subject text,
          "childId" text, shown integer, fourth boolean, why text, source text, salt text, digest text)
 order by given.place
