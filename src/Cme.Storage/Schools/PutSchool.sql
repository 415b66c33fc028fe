-- Creates or replaces a school. What is the same already keeps its version.
with stored as (
    insert into cme.school as s (authority, urn, name, kind, pack, commissioner)
    values (@authority, @urn, @name, @kind, @pack, @commissioner)
    on conflict (authority, urn) do update
       set name = excluded.name, kind = excluded.kind, pack = excluded.pack, commissioner = excluded.commissioner, version = s.version + 1
     where (s.name, s.kind, s.pack, s.commissioner) is distinct from (excluded.name, excluded.kind, excluded.pack, excluded.commissioner)
    returning s.version
)
select found.version from (select coalesce((select n.version from stored n),
                (select s.version from cme.school s where s.authority = @authority and s.urn = @urn)) as version) found
 where found.version is not null
