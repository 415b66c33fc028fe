-- Those who are named for one of some records. Served by named_reader_idx.
select n.id, n.subject, n.person, n.name, n.named_at, n.named_by, n.reason
  from cme.named_reader n
 where n.authority = @authority and n.subject = any (@subjects) and n.ended_at is null
 order by n.name, n.named_at
