-- Adds whom a school names for a role, or that it is still so; the latest counts. Nothing is added if somebody was quicker.
insert into cme.school_contact (authority, urn, role, version, name, phone, email, confirmed_on, recorded_at, recorded_by)
select @authority, @urn, c.role, c.version, c.name, c.phone, c.email, @on, @at, @by
  from unnest(@roles, @versions, @names, @phones, @emails) as c (role, version, name, phone, email)
on conflict do nothing
returning role
