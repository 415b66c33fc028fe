-- What happened to a person's way in, newest first: what waits to be numbered, and what is chained. Served by read_entry_subject_idx.
select h.at, h.actor, h.what, h.detail
  from (select w.at, w.reader as actor, substring(w.what from 8) as what, coalesce(w.why, '') as detail, null as number, w.id
          from cme.read_waiting w
         where w.authority = @authority and w.subject = @person and w.what like 'people:%'
         union all
        (select r.at, r.reader, substring(r.what from 8), coalesce(r.why, ''), r.number, null
           from cme.read_entry r
          where r.authority = @authority and r.subject = @person and r.what like 'people:%'
          order by r.number desc limit @limit)) h
 order by h.number desc nulls first, h.id desc
 limit @limit
