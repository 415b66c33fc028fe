-- Orleans reads its statements from this table by the name that it chose, and does so as the product's own role.
grant select on public.orleansquery to cme_silo;
