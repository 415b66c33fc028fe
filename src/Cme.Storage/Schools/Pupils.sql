-- Pupils of a school in the order of their ids, or of one child in all schools, those on a list first. Served by the primary key of
-- pupil and by pupil_child_idx.
select p.urn, p.school_pupil_id, p.child_id, p.upn, p.former_upns, p.forename, p.surname, p.date_of_birth, p.sex, p.year_group,
       p.entry_date, p.leaving_date, p.ground, p.destination, p.first_language, p.flags, p.particulars::text as particulars, p.timetable,
       cme.moved_on(p.authority, p.child_id, p.urn) as moved_on, cme.reads_fourth_of_child(p.authority, p.child_id) as fourth, --? child
       p.on_list, p.version, cme.hides_address(p.authority, p.child_id, @hiding) as address_hidden
  from cme.pupil p
 where p.authority = @authority
   and p.urn = @urn --? urn
   and p.school_pupil_id > @after --? after
   and p.child_id = @child --? child
 order by
       p.on_list desc, p.updated_at desc, --? child
       p.school_pupil_id, p.urn
 limit @limit
