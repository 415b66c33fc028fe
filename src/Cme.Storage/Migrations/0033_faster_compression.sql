-- What is longer than 2 kB is compressed where it is stored. With the usual method that took PostgreSQL as long as all the rest of writing a
-- grain's state. A server that was built without the other one goes on with the usual.
do $$
begin
    alter table cme.grain_state alter column payload set compression lz4;
    alter table cme.owed alter column rows set compression lz4, alter column past set compression lz4;
    alter table cme.event alter column data set compression lz4;
    alter table cme.register_sheet alter column payload set compression lz4;
exception when feature_not_supported then
    null;
end $$;
