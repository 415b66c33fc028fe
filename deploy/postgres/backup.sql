-- What pg_dump logs in as: it reads every row of every authority and can change none. psql -X -v ON_ERROR_STOP=1 -d cme -f backup.sql, as a
-- superuser, since only one may give the right to read past row-level security.
do $$
begin
    if not exists (select from pg_roles r where r.rolname = 'cme_backup') then
        create role cme_backup login bypassrls;
    end if;
    execute format('grant connect on database %I to cme_backup', current_database());
end $$;

grant pg_read_all_data to cme_backup;
alter role cme_backup set default_transaction_read_only = on;
