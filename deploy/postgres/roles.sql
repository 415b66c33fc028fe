-- Who may do what, once for a server: psql -X -v ON_ERROR_STOP=1 -f roles.sql, as a superuser (to create roles is enough). May be run again.
-- No password stands here: give each its own with psql's \password, which neither shows nor logs it.
do $$
declare
    name text;
begin
    -- What the product works as, what it reads as on behalf of a person, and what the chain is checked as. Nobody logs in as these.
    foreach name in array array['cme_web', 'cme_silo', 'cme_audit'] loop
        if not exists (select from pg_roles r where r.rolname = name) then
            execute format('create role %I nologin', name);
        end if;
    end loop;
    -- Owns the tables and changes their shape. Only a migration logs in as it.
    if not exists (select from pg_roles r where r.rolname = 'cme_owner') then
        create role cme_owner login;
    end if;
    -- What silos and web nodes log in as. It owns nothing, and can do what the three roles can.
    if not exists (select from pg_roles r where r.rolname = 'cme_run') then
        create role cme_run login;
    end if;
end $$;

grant cme_web, cme_silo, cme_audit to cme_owner, cme_run;
