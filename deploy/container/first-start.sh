#!/bin/sh
# Run once by the PostgreSQL image on an empty directory: the product's two logins, and the database closed to everybody else.
set -eu
psql -X -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -f /roles/roles.sql
psql -X -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v owner="$CME_OWNER_PASSWORD" -v run="$CME_PASSWORD" <<'SQL'
alter role cme_owner password :'owner';
alter role cme_run password :'run';
alter database :"DBNAME" owner to cme_owner;
SQL
psql -X -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -f /roles/database.sql
