-- The procedure of an authority's schools that have none of their own.
update cme.authority as a
   set pack = @pack, version = a.version + 1
 where a.code = @authority and a.pack is distinct from @pack
