-- Closes the product's database to everybody else: psql -X -v ON_ERROR_STOP=1 -d cme -f database.sql, as its owner or a superuser. May be run again.
do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to cme_owner, cme_run', current_database());
end $$;

revoke all on schema public from public;
grant usage on schema public to cme_silo;
