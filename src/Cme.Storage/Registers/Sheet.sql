-- One revision of a session's register, or the latest. Served by the primary key of register_sheet.
select r.date, r.session, r.revision, r.as_of, r.received_at, r.complete, r.payload
  from cme.register_sheet r
 where r.authority = @authority and r.urn = @urn and r.date = @date and r.session = @session
   and r.revision = @revision --? revision
 order by r.revision desc, r.confirmation desc
 limit 1
