-- Open episodes that a person has taken on, by the person's id: two colleagues may have one name. Served by episode_claimed_idx.
select r.reference
  from cme.episode_row r
 where r.authority = @authority and r.status = 'open' and r.claimed_by is not null and r.claimed_by_id = @person
 order by r.reference
