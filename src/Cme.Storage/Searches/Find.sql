-- Pupils whom a search may mean, of the caller's authority or school, those on a list first. Each filter is served by an index of its own
-- (pupil_surname_idx and pupil_forename_idx together, pupil_upn_idx, pupil_born_idx, pupil_postcode_idx, pupil_child_idx).
select p.urn, s.name as school_name, p.school_pupil_id, p.child_id, p.upn, p.forename, p.surname, p.date_of_birth, p.year_group, p.on_list
  from cme.pupil p
  join cme.school s on s.authority = p.authority and s.urn = p.urn
 where p.authority = @authority
   and p.urn = @urn --? urn
   and p.upn = @upn --? upn
   and p.child_id = (select e.child_id from cme.episode e where e.reference = @reference and e.authority = @authority) --? reference
   and upper(replace(p.particulars #>> '{address,postcode}', ' ', '')) = @postcode --? postcode
   and p.date_of_birth = @born --? born
   and ((lower(p.surname) collate "C" >= @word1 and lower(p.surname) collate "C" < @word1 || U&'\FFFF') --? word1
     or (lower(p.forename) collate "C" >= @word1 and lower(p.forename) collate "C" < @word1 || U&'\FFFF')) --? word1
   and (starts_with(lower(p.surname), @word2) or starts_with(lower(p.forename), @word2)) --? word2
   and (starts_with(lower(p.surname), @word3) or starts_with(lower(p.forename), @word3)) --? word3
 order by p.on_list desc, p.surname, p.forename, p.school_pupil_id
 limit @limit
