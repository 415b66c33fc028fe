-- The cluster that works on this database, in words; null if there is none. Asked of databases older than cme.living_silo, which says what a
-- living silo is; web nodes say every second that one of them lives.
select nullif(concat_ws(' and ',
    (select 'silos (' || string_agg(m.silo_name, ', ' order by m.silo_name) || ')' from cme.membership m
      where m.status = 3 and m.i_am_alive_time > now() - interval '90 seconds'),
    (select 'web nodes' where exists (select from cme.duty d where d.held_until > clock_timestamp()))), '')
