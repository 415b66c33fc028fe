-- Pupils whom a search may mean, of the caller's authority or school, those on a list first. The function is the one reviewed way round the
-- policies (migration 0018), and holds to the same scope.
select f.*
  from cme.find_pupils(@authority, @urn, @layers, @hiding, @upn, @reference, @postcode, @born, @words, @limit) f
