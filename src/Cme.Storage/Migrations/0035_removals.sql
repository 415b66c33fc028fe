-- Names that came off a roll, each as it was judged when that was known. One that is put back keeps its row: that it was off is evidence.
create table cme.removal (
    authority       text collate "C" not null,
    urn             text collate "C" not null,
    school_pupil_id text collate "C" not null,
    left_on         date        not null,              -- the last day on roll
    ground          text        not null,              -- the letter of regulation 9's ground
    child_id        text collate "C" not null,
    episode         text collate "C",                  -- that was open then
    unmet           text[]      not null,              -- conditions of the ground that were not met; none for a lawful removal
    referral        text collate "C",                  -- that a removal all the same opened
    noted_at        timestamptz not null,              -- business clock
    put_back_at     timestamptz,                       -- business clock
    primary key (authority, urn, school_pupil_id, left_on, ground)
);

create index removal_list_idx on cme.removal (authority, noted_at desc, urn desc, school_pupil_id desc);
-- Whose names have come off on a ground, to be noted.
create index pupil_left_idx on cme.pupil (authority, urn, leaving_date) where leaving_date is not null and ground is not null;

alter table cme.removal enable row level security;
create policy silo on cme.removal to cme_silo using (true) with check (true);
create policy web on cme.removal for select to cme_web
 using (authority = (select current_setting('cme.authority', true))
        and (urn = (select current_setting('cme.school', true)) or (select current_setting('cme.school', true)) = ''));
grant select on cme.removal to cme_web;
