-- A code counts once: of two requests that bring the same, the row's lock lets one find it unused. Served by the primary key of person.
update cme.person p set last_step = @step where p.id = @id and p.last_step < @step returning p.last_step
