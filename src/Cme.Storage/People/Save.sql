-- Stores a person as changed, unless somebody else has changed them since. Served by the primary key of person.
update cme.person p
   set urn = @urn, role = @role, name = @name, email = @email, email_key = @email_key, user_key = @user_key, password_hash = @password_hash,
       security_stamp = @security_stamp, authenticator = @authenticator, two_factor = @two_factor, recovery_codes = @recovery_codes,
       ended_at = @ended_at, version = p.version + 1
 where p.id = @id and p.authority = @authority and p.version = @version
returning p.version
