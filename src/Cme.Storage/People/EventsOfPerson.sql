-- Served by person_event_person_idx.
select e.at, e.authority, e.actor, e.person, e.what, e.detail
  from cme.person_event e where e.person = @person order by e.number desc limit @limit
