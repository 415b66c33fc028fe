-- Passkeys: the one of an id, or all of a person. Served by the primary key of person_passkey and person_passkey_person_idx.
select k.person, k.credential_id, k.body::text as body, k.created_at
  from cme.person_passkey k
 where true
   and k.credential_id = @credential_id --? credential_id
   and k.person = @person --? person
 order by k.created_at, k.credential_id
