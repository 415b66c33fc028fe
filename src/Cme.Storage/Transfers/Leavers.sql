-- Pupils whose last day on roll lies in a span of days, with the latest that was recorded of their file. Who died has none to send. Served by
-- pupil_leaving_idx and transfer's primary key.
select p.urn, s.name as school_name, s.pack, p.school_pupil_id, p.child_id, p.forename, p.surname, p.year_group, p.entry_date, p.leaving_date, p.ground, p.destination,
       t.version, t.route, t.destination as sent_to, t.reference, t.done_by, t.done_at, t.note, t.recorded_at,
       (select e.reference from cme.episode e
         where e.authority = p.authority and e.child_id = p.child_id and e.urn = p.urn and e.status = 'open' limit 1) as episode
  from cme.pupil p
  join cme.school s on s.authority = p.authority and s.urn = p.urn
  left join lateral (select * from cme.transfer t
                      where t.authority = p.authority and t.urn = p.urn and t.school_pupil_id = p.school_pupil_id and t.left_on = p.leaving_date
                      order by t.version desc limit 1) t on true
 where p.authority = @authority and p.leaving_date >= @since and p.leaving_date <= @today and p.ground is distinct from 'k'
   and p.urn = @urn --? urn
   and p.school_pupil_id = @pupil --? pupil
   and t.version is null --? owed
 order by p.leaving_date, p.urn, p.school_pupil_id
 limit @limit
