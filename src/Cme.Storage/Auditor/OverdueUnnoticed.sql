-- Open episodes in which something should have been looked at before @before and was not: an obligation's instant, or that at which the
-- case changes hands (the head's next_at is the earliest of both). A look moves it on. Served by owed_next_idx and episode_status_idx.
select m.authority, m.episode, min(m.next_at)
  from (select e.authority, o.episode, o.next_at
          from cme.owed o
          join cme.episode e on e.reference = o.episode
         where o.next_at < @before
         union all
        select e.authority, e.reference, e.next_at
          from cme.sequence s
          join cme.episode e on e.authority = s.authority and e.status = 'open'
         where e.next_at < @before) m
 group by m.authority, m.episode
 order by min(m.next_at), m.episode
 limit @most
