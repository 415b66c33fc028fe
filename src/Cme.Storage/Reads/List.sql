-- Who read what, newest first. Served by the primary key of read_entry, read_entry_subject_idx and read_entry_child_idx together, and
-- read_entry_reader_idx.
select r.number, r.at, r.business_at, r.reader, r.name, r.role, r.organisation, r.what, r.subject, r.child_id, r.shown, r.fourth, r.why, r.source
  from cme.read_entry r
 where r.authority = @authority
   and (r.subject = @subject or r.child_id = @subject) --? subject
   and r.reader = @reader --? reader
   and (r.what = @what or starts_with(r.what, @what || ':')) --? what
   and r.number < @before --? before
 order by r.number desc
 limit @limit
