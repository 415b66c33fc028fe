-- Pupils on schools' lists by their first day, the latest first, with the latest entry of each proof of their admission: one row for each entry,
-- and one for a pupil without any. Served by the primary keys of pupil and admission_document, and by pupil_child_idx.
select p.urn, s.name as school_name, p.school_pupil_id, p.child_id, p.forename, p.surname, p.year_group, p.entry_date,
       d.proof, d.version, d.document, d.seen_on, d.seen_by, d.taken_back, d.recorded_at
  from (select p.*
          from cme.pupil p
         where p.authority = @authority and p.on_list and p.urn <> p.authority and (p.leaving_date is null or p.leaving_date >= @today)
           and p.urn = @urn --? urn
           and p.school_pupil_id = @pupil --? pupil
           and p.child_id = @child --? child
           and p.entry_date >= @since --? since
           and (select count(*) --? open
                  from (select distinct on (o.proof) o.taken_back --? open
                          from cme.admission_document o --? open
                         where o.authority = p.authority and o.urn = p.urn and o.school_pupil_id = p.school_pupil_id --? open
                         order by o.proof, o.version desc) held --? open
                 where not held.taken_back) < @open --? open
         order by p.entry_date desc, p.urn, p.school_pupil_id
         limit @limit) p
  join cme.school s on s.authority = p.authority and s.urn = p.urn
  left join lateral (select distinct on (d.proof) d.*
                       from cme.admission_document d
                      where d.authority = p.authority and d.urn = p.urn and d.school_pupil_id = p.school_pupil_id
                      order by d.proof, d.version desc) d on true
 order by p.entry_date desc, p.urn, p.school_pupil_id, d.proof
