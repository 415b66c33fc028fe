-- Removes a reminder. Served by the primary key of reminder.
delete from cme.reminder r
 where r.service_id = @service and r.grain_id = @grain and r.name = @name
   and r.version = @version --? version
returning r.version
