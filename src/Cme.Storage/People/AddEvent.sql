insert into cme.person_event (at, authority, actor, person, what, detail) values (@at, @authority, @actor, @person, @what, @detail)
returning number
