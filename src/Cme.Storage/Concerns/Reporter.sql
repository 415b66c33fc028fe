-- Who reported, sealed; nothing for whoever need not know. Served by the primary key.
select r.content from cme.concern_reporter r where r.authority = @authority and r.concern = @reference
