-- Takes the duties, or keeps them, for so many milliseconds, unless somebody else holds them. A row is answered to whoever has them then.
insert into cme.duty as d (name, holder, held_until)
values (@name, @holder, clock_timestamp() + @for_ms * interval '1 millisecond')
on conflict (name) do update set holder = excluded.holder, held_until = excluded.held_until
 where d.holder = excluded.holder or d.held_until < clock_timestamp()
returning true
