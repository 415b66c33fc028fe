-- Of each session of a school in a range of days the latest revision, or the latest that had arrived by an instant. Served by the
-- primary key of register_sheet.
select distinct on (r.date, r.session) r.date, r.session, r.revision, r.received_at, r.payload
  from cme.register_sheet r
 where r.authority = @authority and r.urn = @urn and r.date between @from and @to
   and r.received_at <= @known --? known
 order by r.date, r.session, r.revision desc, r.confirmation desc
