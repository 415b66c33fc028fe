-- Names a person for a record. Somebody who is named already is left as is. Served by named_reader_idx.
insert into cme.named_reader (authority, subject, person, name, named_by, reason)
values (@authority, @subject, @person, @name, @by, @reason)
on conflict (authority, subject, person) where ended_at is null do nothing
returning id
