-- Schools that were to look at their registers before @before and have not: somebody may be missing whom nobody was told of. A look moves
-- it on. Served by school_next_look_idx, which holds nothing else.
select s.authority, s.urn, s.next_look_at
  from cme.school s
 where s.next_look_at < @before
 order by s.next_look_at, s.urn
 limit @most
