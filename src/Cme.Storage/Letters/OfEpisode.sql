-- The letters of an episode, or one of them, the newest first; each with its number among the episode's. Served by letter_episode_idx.
select l.*
  from (select l.*, row_number() over (order by l.made_at, l.id) as number
          from cme.letter l
         where l.episode = @episode and l.authority = @authority
           and l.urn = @urn --? urn
       ) l
 where true
   and l.id = @id --? id
 order by l.number desc
