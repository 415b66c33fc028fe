-- Opens a record for a limited time.
insert into cme.break_glass (authority, person, name, role, organisation, episode, child_id, reason, opened_at, expires_at)
values (@authority, @person, @name, @role, @organisation, @episode, @child, @reason, @openedAt, @expiresAt)
returning id
