-- The next instant at which something wants a look; the reminders are read for it. Served by owed_next_idx and episode_status_idx.
select least((select min(o.next_at) from cme.owed o where o.next_at > @after),
             (select min(e.next_at) from cme.sequence s join cme.episode e on e.authority = s.authority and e.status = 'open'
               where e.next_at > @after),
             (select min(r.start_at) from cme.reminder r where r.start_at > @after))
