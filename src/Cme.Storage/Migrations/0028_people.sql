-- People who sign in. Each belongs to one authority and has one role; somebody of a school has that school. What would let a reader of
-- this table sign in is hashed (passwords) or sealed with a key that is not in the database (authenticator, recovery codes).
create table cme.person (
    id             text collate "C" primary key,
    authority      text collate "C" not null references cme.authority,
    urn            text collate "C",
    role           text collate "C" not null,
    name           text        not null,
    email          text        not null,
    email_key      text collate "C" not null,
    user_key       text collate "C" not null,
    password_hash  text,
    security_stamp text        not null,
    authenticator  bytea,
    two_factor     boolean     not null default false,
    recovery_codes bytea,
    last_step      bigint      not null default 0,
    created_at     timestamptz not null,
    ended_at       timestamptz,
    version        integer     not null default 1,
    foreign key (authority, urn) references cme.school
);

-- Somebody who left and comes back is a new person under the old address.
create unique index person_email_idx on cme.person (email_key) where ended_at is null;
create unique index person_user_idx on cme.person (user_key) where ended_at is null;
create index person_authority_idx on cme.person (authority, urn);

create table cme.person_passkey (
    credential_id bytea primary key,
    person        text collate "C" not null references cme.person,
    body          jsonb       not null,
    created_at    timestamptz not null
);

create index person_passkey_person_idx on cme.person_passkey (person);

-- A link that lets one person set a password, once. Only a hash of it is here: 256 random bits cannot be searched.
create table cme.person_link (
    hash       bytea primary key,
    person     text collate "C" not null references cme.person,
    made_by    text        not null,
    made_at    timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    revoked_at timestamptz
);

create index person_link_person_idx on cme.person_link (person, made_at desc);

-- Failures by the hash of an address, whether anybody has it or not: whoever tries addresses learns nothing from being locked out.
create table cme.sign_in_lock (
    key          bytea primary key,
    failures     integer     not null,
    failed_at    timestamptz not null,
    locked_until timestamptz
);

create index sign_in_lock_failed_idx on cme.sign_in_lock (failed_at);

-- What happened to people's ways in: sign-ins, failures, invitations, roles, ends.
create table cme.person_event (
    number    bigint generated always as identity primary key,
    at        timestamptz not null,
    authority text collate "C",
    actor     text        not null,
    person    text collate "C",
    what      text collate "C" not null,
    detail    text        not null default ''
);

create index person_event_person_idx on cme.person_event (person, number desc);
create index person_event_authority_idx on cme.person_event (authority, number desc);

create trigger append_only before update or delete or truncate on cme.person_event
    for each statement execute function cme.refuse_change();

-- None of these tables is granted to a role that reads on somebody's behalf.
revoke update, delete on cme.person_event from cme_silo;
revoke delete on cme.person, cme.person_link from cme_silo;
