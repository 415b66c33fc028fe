-- Which documents of a pupil's admission were seen, by whom and when (DOR-03). Every entry is kept; of each proof the latest counts. Nothing
-- of an admission depends on it.
create table cme.admission_document (
    authority       text collate "C" not null,
    urn             text collate "C" not null,
    school_pupil_id text collate "C" not null,
    proof           text        not null check (proof in ('parent-identity', 'child-identity', 'uk-status', 'address')),
    version         integer     not null check (version > 0),
    document        text check (document is null or proof <> 'uk-status'),    -- which it was; of the status nobody keeps it
    seen_on         date        not null,
    seen_by         text        not null,
    taken_back      boolean     not null,              -- the entry before was a mistake
    recorded_at     timestamptz not null,              -- business clock
    recorded_by     text        not null,
    primary key (authority, urn, school_pupil_id, proof, version),
    foreign key (authority, urn) references cme.school
);

create trigger append_only before update or delete or truncate on cme.admission_document
    for each statement execute function cme.refuse_change();
revoke update, delete on cme.admission_document from cme_silo;

alter table cme.admission_document enable row level security;
create policy silo on cme.admission_document to cme_silo using (true) with check (true);
create policy web on cme.admission_document for select to cme_web
    using (authority = (select current_setting('cme.authority', true))
           and (urn = (select current_setting('cme.school', true)) or (select current_setting('cme.school', true)) = ''));
grant select on cme.admission_document to cme_web;
