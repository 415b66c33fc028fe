-- People with what they sign in by. Served by the primary key of person, person_email_idx, person_user_idx and person_authority_idx; a
-- name or address finds only somebody who has access.
select p.id, p.authority, p.urn, p.role, p.name, p.email, p.email_key, p.user_key, p.password_hash, p.security_stamp, p.authenticator,
       p.two_factor, p.recovery_codes, p.created_at, p.ended_at, p.version,
       (select count(*)::integer from cme.person_passkey k where k.person = p.id) as passkeys
  from cme.person p
 where true
   and p.id = @id --? id
   and p.ended_at is null and (p.email_key = @key or p.user_key = @key) --? key
   and p.authority = @authority --? authority
   and p.urn = @urn --? urn
   and p.ended_at is null and p.role = @role --? role
 order by p.ended_at nulls first, p.name collate "und-x-icu", p.id
