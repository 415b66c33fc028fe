-- The product's schema, and the ledger in which the runner writes what it has applied.
create schema if not exists cme;

create table cme.migration (
    number     integer     primary key,
    name       text        not null,
    checksum   text        not null,
    applied_at timestamptz not null default now()
);
