-- Creates or replaces an authority, and makes its numbering if it has none. What is the same already keeps its version.
with numbering as (
    insert into cme.sequence (authority) values (@code) on conflict do nothing
), stored as (
    insert into cme.authority as a (code, name, calendar) values (@code, @name, @calendar)
    on conflict (code) do update set name = excluded.name, calendar = excluded.calendar, version = a.version + 1
     where (a.name, a.calendar) is distinct from (excluded.name, excluded.calendar)
    returning a.version
)
select found.version from (select coalesce((select s.version from stored s), (select a.version from cme.authority a where a.code = @code)) as version) found
 where found.version is not null
