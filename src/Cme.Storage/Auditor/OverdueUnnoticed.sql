-- Open obligations whose instant passed before @before and was not looked at: a look moves next_at on. Served by obligation_next_idx.
select o.authority, o.episode, min(o.next_at)
  from cme.obligation o
 where o.state = 'open' and o.next_at < @before
 group by o.authority, o.episode
 order by min(o.next_at), o.episode
 limit @most
