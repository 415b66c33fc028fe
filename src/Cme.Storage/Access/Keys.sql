-- Keys: the one of a hash that still works, or all of an authority. Served by the unique index on hash and api_key_authority_idx. A
-- lookup by hash takes no time that tells of the key: whoever could learn from it would have to find a SHA-256 first.
select k.id, k.kind, k.authority, k.urn, k.scopes, k.label, k.created_at, k.revoked_at
  from cme.api_key k
 where true
   and k.hash = @hash and k.revoked_at is null --? hash
   and k.authority = @authority --? authority
 order by k.created_at desc, k.id
