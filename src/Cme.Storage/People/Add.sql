-- Adds a person, unless somebody with access has the address already.
insert into cme.person (id, authority, urn, role, name, email, email_key, user_key, password_hash, security_stamp, authenticator, two_factor,
                        recovery_codes, created_at)
values (@id, @authority, @urn, @role, @name, @email, @email_key, @user_key, @password_hash, @security_stamp, @authenticator, @two_factor,
        @recovery_codes, @created_at)
on conflict do nothing
returning version
