-- When the register of a lesson was taken (MID-08). The first word stands: a register that was taken late does not become one in time.
create table cme.lesson_register (
    authority   text collate "C" not null,
    urn         text collate "C" not null,
    date        date        not null,
    lesson      text        not null,
    teaching    text        not null,                  -- the teaching group
    taken_at    timestamptz not null,                  -- by the school's system
    received_at timestamptz not null,                  -- business clock
    primary key (authority, urn, date, lesson, teaching),
    foreign key (authority, urn) references cme.school
);

create trigger append_only before update or delete or truncate on cme.lesson_register
    for each statement execute function cme.refuse_change();

revoke update, delete on cme.lesson_register from cme_silo;
alter table cme.lesson_register enable row level security;
create policy silo on cme.lesson_register to cme_silo using (true) with check (true);
create policy web on cme.lesson_register for select to cme_web
    using (authority = (select current_setting('cme.authority', true))
           and (urn = (select current_setting('cme.school', true)) or (select current_setting('cme.school', true)) = ''));
grant select on cme.lesson_register to cme_web;
