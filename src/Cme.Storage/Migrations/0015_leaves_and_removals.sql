-- Leave of absence, every version of it: a count that once stood at ten can be explained years later.
create table cme.leave_of_absence (
    authority       text collate "C" not null,
    urn             text collate "C" not null,
    id              text collate "C" not null,
    version         integer     not null check (version > 0),
    school_pupil_id text collate "C" not null,
    first_day       date        not null,
    expected_return date        not null check (expected_return > first_day),
    reason          text        not null,
    authorised_by   text        not null,
    cancelled       boolean     not null,
    recorded_at     timestamptz not null,              -- business clock
    recorded_by     text        not null,
    primary key (authority, urn, id, version),
    foreign key (authority, urn) references cme.school
);

create trigger append_only before update or delete or truncate on cme.leave_of_absence
    for each statement execute function cme.refuse_change();

-- What schools asked about taking a pupil off the roll, and what they were told. It removes nobody; it is here to be looked up.
create table cme.removal_asked (
    authority       text collate "C" not null,
    urn             text collate "C" not null,
    id              text collate "C" not null,
    school_pupil_id text collate "C" not null,
    child_id        text collate "C" not null,
    ground          text        not null,
    gate            text        not null check (gate in ('open', 'closed')),
    evidence        jsonb       not null,
    conditions      jsonb       not null,
    asked_at        timestamptz not null,              -- business clock
    asked_by        text        not null,
    primary key (authority, urn, id)
);

create trigger append_only before update or delete or truncate on cme.removal_asked
    for each statement execute function cme.refuse_change();
