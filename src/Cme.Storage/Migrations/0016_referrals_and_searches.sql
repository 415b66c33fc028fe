-- What somebody reported of a child, as sent. It is stored whether or not it is known who the child is; an unmatched one waits for
-- a person.
create table cme.referral (
    reference    text collate "C" primary key,
    authority    text collate "C" not null,
    organisation text collate "C" not null,     -- who referred: a URN, or the authority's code
    sending      text collate "C",              -- tells a repetition from another referral of the same words
    kind         text        not null,
    received_at  timestamptz not null,          -- business clock
    recorded_by  text        not null,
    body         bytea       not null,          -- JSON as read from the request
    child_id     text collate "C",
    matched_by   text,                          -- upn, name, or null
    episode      text collate "C",              -- that it belongs to
    joined_at    timestamptz,                   -- when the episode had heard of it
    unique (authority, organisation, sending)
);

create index referral_list_idx on cme.referral (authority, received_at desc, reference);
create index referral_unjoined_idx on cme.referral (received_at) where episode is not null and joined_at is null;

-- Criteria of searches, under an id that says nothing. They name children, and are gone when they expire.
create table cme.search (
    id           text collate "C" primary key,
    authority    text collate "C" not null,
    organisation text collate "C" not null,
    criteria     bytea       not null,          -- JSON
    expires_at   timestamptz not null           -- system clock
);

create index search_expires_idx on cme.search (expires_at);

-- Names by their beginnings, whatever the plan knows of the parameter: a range needs no LIKE.
create index pupil_surname_idx on cme.pupil (authority, (lower(surname) collate "C"));
create index pupil_forename_idx on cme.pupil (authority, (lower(forename) collate "C"));
create index pupil_born_idx on cme.pupil (authority, date_of_birth);
create index pupil_upn_idx on cme.pupil (authority, upn);
create index pupil_postcode_idx on cme.pupil (authority, (upper(replace(particulars #>> '{address,postcode}', ' ', ''))));

-- A school reads its own events without walking its authority's.
create index feed_school_idx on cme.feed (authority, urn, number);
