-- A key is 256 random bits, so its plain SHA-256 cannot be searched: no slow hash is needed, and none is paid on every request.
create table cme.api_key (
    id         uuid primary key default gen_random_uuid(),
    hash       bytea       not null unique,
    kind       text        not null check (kind in ('authority', 'school')),
    authority  text collate "C" not null,
    urn        text collate "C",
    scopes     text[]      not null,
    label      text        not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz,
    check ((kind = 'school') = (urn is not null))
);

create index api_key_authority_idx on cme.api_key (authority, created_at desc);

-- At most one row.
create table cme.demo_clock (
    one       boolean  primary key default true check (one),
    offset_ms bigint not null
);
