-- Which process of a cluster carries the duties that one at a time carries (ADR 0325). One that dies stops renewing; seconds later its hold is
-- over by PostgreSQL's own clock, and whoever asks next has them.
create table cme.duty (
    name       text        primary key,
    holder     uuid        not null,
    held_until timestamptz not null
);
