delete from cme.person_passkey k where k.credential_id = @credential_id and k.person = @person returning k.person
