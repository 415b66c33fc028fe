-- What an organisation's systems posted under a key of their own choosing, and what was answered, for as long as a repetition is
-- recognised. The sending is the identity of the act itself: it outlives attempts, and goes along into the history.
create table cme.idempotency (
    authority    text collate "C" not null,
    organisation text collate "C" not null,     -- a URN, or the authority's code
    key          text collate "C" not null,
    request      bytea       not null,          -- digest of method, address and body
    sending      uuid        not null,
    attempt      uuid        not null,          -- who is at it now, or was last
    received_at  timestamptz not null,          -- system clock
    attempted_at timestamptz not null,          -- system clock
    status       integer,                       -- null: not answered yet
    headers      jsonb,
    body         bytea,
    primary key (authority, organisation, key)
);

create index idempotency_received_idx on cme.idempotency (received_at);
