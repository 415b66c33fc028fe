-- The next instant at which something wants a look. Served by obligation_next_idx, episode_status_idx and reminder_start_idx.
select least((select min(o.next_at) from cme.obligation o where o.state = 'open' and o.next_at > @after),
             (select min(e.next_at) from cme.sequence s join cme.episode e on e.authority = s.authority and e.status = 'open'
               where e.next_at > @after),
             (select min(r.start_at) from cme.reminder r where r.start_at > @after))
