-- Reminders of a service: all, a grain's, or one. Served by the primary key of reminder.
select r.grain_id, r.name, r.start_at, r.period_ms, r.hash, r.version
  from cme.reminder r
 where r.service_id = @service
   and r.grain_id = @grain --? grain
   and r.name = @name --? name
 order by r.grain_id, r.name
