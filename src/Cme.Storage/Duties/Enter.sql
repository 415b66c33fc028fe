-- Enters the build whose silos serve from now on, unless silos of another one lately said that they live. A row is answered if it stands.
insert into cme.cluster_build as b (build) values (@build)
on conflict (only_row) do update set build = excluded.build, entered_at = now()
 where b.build = excluded.build
    or not exists (select from cme.living_silo)
returning true
