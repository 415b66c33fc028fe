-- What was published after a number, with where the numbering stands: one statement, so that nothing slips between. Served by the
-- primary key of feed.
select s.epoch, s.last_number, f.*
  from cme.sequence s
  left join lateral (
    select f.number, f.at, f.episode, f.type, f.version
      from cme.feed f
     where f.authority = s.authority and f.number > @after
       and f.urn = @urn --? urn
     order by f.number
     limit @limit) f on true
 where s.authority = @authority
 order by f.number
