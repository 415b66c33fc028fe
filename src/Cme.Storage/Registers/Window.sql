-- The latest revision of each session of a school in a range of days, with the greatest signal sequence: one statement, so that
-- the two are of one moment. Served by the primary keys of register_sheet and signal.
select last.sequence as last_sequence, sheet.*
  from (select coalesce(max(s.sequence), 0) as sequence from cme.signal s where s.authority = @authority and s.urn = @urn) last
  left join (select distinct on (r.date, r.session) r.date, r.session, r.revision, r.as_of, r.received_at, r.complete, r.payload
               from cme.register_sheet r
              where r.authority = @authority and r.urn = @urn and r.date between @from and @to
              order by r.date, r.session, r.revision desc, r.confirmation desc) sheet on true
 order by sheet.date, sheet.session
