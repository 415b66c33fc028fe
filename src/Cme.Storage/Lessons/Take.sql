-- Keeps when the register of a lesson was taken, unless that is known already. Served by the primary key of lesson_register.
insert into cme.lesson_register (authority, urn, date, lesson, teaching, taken_at, received_at)
values (@authority, @urn, @date, @lesson, @group, @taken, @received)
on conflict do nothing
