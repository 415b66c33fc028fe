-- What was done about the file of a pupil whose name came off a roll: sent to the new school, uploaded for lost pupils, or why not. Every
-- entry is kept; the latest counts.
create table cme.transfer (
    authority       text collate "C" not null,
    urn             text collate "C" not null,
    school_pupil_id text collate "C" not null,
    left_on         date        not null,              -- the last day on roll
    version         integer     not null check (version > 0),
    route           text        not null check (route in ('new-school', 'lost-pupils', 'short-stay')),
    destination     text,                              -- the new school, for that route
    reference       text        not null,              -- what shows it: the transfer site's reference, or where the proof is kept
    done_by         text        not null,
    done_at         timestamptz not null,              -- when it was uploaded, business clock
    note            text,
    recorded_at     timestamptz not null,              -- business clock
    recorded_by     text        not null,
    primary key (authority, urn, school_pupil_id, left_on, version)
);

create trigger append_only before update or delete or truncate on cme.transfer
    for each statement execute function cme.refuse_change();
revoke update, delete on cme.transfer from cme_silo;
-- Whose names have come off, on whatever ground.
create index pupil_leaving_idx on cme.pupil (authority, leaving_date, urn, school_pupil_id) where leaving_date is not null;

alter table cme.transfer enable row level security;
create policy silo on cme.transfer to cme_silo using (true) with check (true);
create policy web on cme.transfer for select to cme_web
 using (authority = (select current_setting('cme.authority', true))
        and (urn = (select current_setting('cme.school', true)) or (select current_setting('cme.school', true)) = ''));
grant select on cme.transfer to cme_web;
