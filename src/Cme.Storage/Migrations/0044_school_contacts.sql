-- Whom a school names for others to turn to, and when somebody last said that it is still so (MID-17). Every entry is kept; of each role the
-- latest counts.
create table cme.school_contact (
    authority    text collate "C" not null,
    urn          text collate "C" not null,
    role         text        not null check (role in ('attendance-officer', 'dsl', 'deputy-dsl')),
    version      integer     not null check (version > 0),
    name         text,                                 -- null: nobody is named any more
    phone        text,
    email        text,
    confirmed_on date        not null,                 -- business clock, Europe/London
    recorded_at  timestamptz not null,                 -- business clock
    recorded_by  text        not null,
    primary key (authority, urn, role, version),
    foreign key (authority, urn) references cme.school
);

create trigger append_only before update or delete or truncate on cme.school_contact
    for each statement execute function cme.refuse_change();
revoke update, delete on cme.school_contact from cme_silo;

alter table cme.school_contact enable row level security;
create policy silo on cme.school_contact to cme_silo using (true) with check (true);
create policy web on cme.school_contact for select to cme_web
    using (authority = (select current_setting('cme.authority', true))
           and (urn = (select current_setting('cme.school', true)) or (select current_setting('cme.school', true)) = ''));
grant select on cme.school_contact to cme_web;
