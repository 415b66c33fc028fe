-- What people of the public tell the council of a child. Whoever it is about is nobody's to say but a person's: nothing is looked for
-- when it is stored, so that its answer and its time tell nobody whether a child is known (ADR 0285).
create table cme.concern (
    reference   text collate "C" primary key,
    authority   text collate "C" not null,
    sending     text collate "C",               -- tells a repetition from another concern of the same words
    channel     text        not null,           -- form, interface, phone, email
    worry       text        not null,
    danger      text        not null,           -- the reporter's own word: yes, no, unknown
    received_at timestamptz not null,           -- business clock
    known_at    timestamptz not null,           -- business clock
    recorded_by text        not null,           -- the officer who wrote it down; '' for the public itself
    body        bytea       not null,           -- JSON, without anything of who reported
    suspect     boolean     not null,           -- a machine may have filled in the form
    anonymous   boolean     not null,           -- nothing is known of who reported
    open        boolean     not null default true,
    screened    boolean     not null default false,
    child_id    text collate "C",
    holder      text collate "C",               -- who works on it; null: the whole duty desk
    episode     text collate "C",               -- that it belongs to
    joined_at   timestamptz,                    -- when the episode had heard of it
    version     bigint      not null default 0, -- of the last deed
    changed_at  timestamptz not null default now(),   -- system clock
    unique (authority, sending)
);

create index concern_list_idx on cme.concern (authority, received_at desc, reference);
create index concern_open_idx on cme.concern (authority, received_at) where open;
create index concern_child_idx on cme.concern (authority, child_id) where child_id is not null;
create index concern_holder_idx on cme.concern (authority, holder) where open and holder is not null;
create index concern_unjoined_idx on cme.concern (received_at) where episode is not null and joined_at is null;

-- What was done about each, which is its history: added to, and never changed.
create table cme.concern_deed (
    concern  text collate "C" not null references cme.concern,
    version  bigint      not null,
    at       timestamptz not null default now(),  -- system clock
    actor    text        not null,
    data     jsonb       not null,
    primary key (concern, version)
);

create trigger append_only before update or delete or truncate on cme.concern_deed
    for each statement execute function cme.refuse_change();

-- Who reported, apart from everything else and sealed by the edge: the database cannot read it. An anonymous report has no row.
create table cme.concern_reporter (
    concern   text collate "C" primary key references cme.concern,
    authority text collate "C" not null,
    content   bytea not null
);

-- A form of the public that is being filled in, under a hash of what its visitor's cookie has. Sealed, and gone when it expires.
create table cme.concern_draft (
    id         bytea primary key,
    content    bytea       not null,
    expires_at timestamptz not null              -- system clock
);

create index concern_draft_expires_idx on cme.concern_draft (expires_at);

-- Whether the present reader may know who reported: whoever works on the concern, and the authority's CME lead.
create function cme.reads_reporter(p_authority text, p_concern text) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
    select p_authority = current_setting('cme.authority', true) and current_setting('cme.school', true) = ''
       and coalesce(current_setting('cme.person', true), '') <> ''
       and (exists (select from cme.concern c
                     where c.reference = p_concern and c.authority = p_authority and c.holder = current_setting('cme.person', true))
            or exists (select from cme.person p
                        where p.id = current_setting('cme.person', true) and p.authority = p_authority and p.role = 'cme-lead' and p.ended_at is null))
$$;

revoke execute on function cme.reads_reporter(text, text) from public;
grant execute on function cme.reads_reporter(text, text) to cme_web, cme_silo;

-- Only the authority reads concerns: no school does, not even that of the child.
alter table cme.concern enable row level security;
alter table cme.concern_deed enable row level security;
alter table cme.concern_reporter enable row level security;
alter table cme.concern_draft enable row level security;
create policy silo on cme.concern to cme_silo using (true) with check (true);
create policy silo on cme.concern_deed to cme_silo using (true) with check (true);
create policy silo on cme.concern_reporter to cme_silo using (true) with check (true);
create policy silo on cme.concern_draft to cme_silo using (true) with check (true);
create policy web on cme.concern for select to cme_web
 using (authority = (select current_setting('cme.authority', true)) and (select current_setting('cme.school', true)) = '');
create policy web on cme.concern_deed for select to cme_web using (exists (select from cme.concern c where c.reference = concern_deed.concern));
create policy web on cme.concern_reporter for select to cme_web
 using (authority = (select current_setting('cme.authority', true)) and cme.reads_reporter(authority, concern));
grant select on cme.concern, cme.concern_deed, cme.concern_reporter to cme_web;

-- Evidence is added to and ended, and never taken away.
revoke update, delete on cme.concern_deed, cme.concern_reporter from cme_silo;
revoke delete on cme.concern from cme_silo;
