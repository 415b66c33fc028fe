-- Open concerns that a person works on. Served by concern_holder_idx.
select c.reference from cme.concern c where c.authority = @authority and c.holder = @person and c.open order by c.reference
