-- Who is logged in, if they may not change the tables; no row if they may. The first migration makes the schema.
select current_user::text
 where not coalesce((select pg_has_role(current_user, n.nspowner, 'usage') from pg_namespace n where n.nspname = 'cme'),
                    has_database_privilege(current_database(), 'create'))
