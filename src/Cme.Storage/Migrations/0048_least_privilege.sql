-- What the product works as deletes only where the product deletes. A later table grants it in its own migration.
revoke delete on all tables in schema cme from cme_silo;
alter default privileges in schema cme revoke delete on tables from cme_silo;
grant delete on cme.concern_draft, cme.duty, cme.grain_state, cme.idempotency, cme.kept_form, cme.membership, cme.membership_version,
      cme.person_passkey, cme.read_waiting, cme.reminder, cme.search, cme.sign_in_lock, cme.unpublished to cme_silo;

-- What a trigger keeps as it was written is kept so by privilege, too: a trigger can be taken away for a moment, unseen.
do $$
declare
    kept text;
begin
    for kept in select t.tgrelid::regclass::text from pg_trigger t where t.tgname = 'append_only' loop
        execute format('revoke update, delete, truncate on %s from cme_silo', kept);
    end loop;
end $$;

-- Silos that lately said that they live, which each does every half minute; 3 is active. Orleans declares a silo dead that died among others, and
-- nobody declares the last one so.
create view cme.living_silo with (security_invoker = true) as
    select m.* from cme.membership m where m.status = 3 and m.i_am_alive_time > now() - interval '90 seconds';

grant select on cme.living_silo to cme_silo;

-- Which build of the silos serves, written by each as it starts. Two builds never hold grains at the same time (ADR 0341).
create table cme.cluster_build (
    only_row   boolean     primary key default true check (only_row),
    build      text        not null,
    entered_at timestamptz not null default now()
);
