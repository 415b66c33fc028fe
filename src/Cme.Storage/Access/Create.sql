-- Stores a key by its hash. One that is there already stays as it is.
with stored as (
    insert into cme.api_key (hash, kind, authority, urn, scopes, label)
    values (@hash, @kind, @authority, @urn, @scopes, @label)
    on conflict (hash) do nothing
    returning id
)
select found.id from (select coalesce((select s.id from stored s), (select k.id from cme.api_key k where k.hash = @hash)) as id) found
 where found.id is not null
