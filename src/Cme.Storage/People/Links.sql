-- Links that can be used now. Served by the primary key of person_link and person_authority_idx with person_link_person_idx.
select l.person, l.made_by, l.made_at, l.expires_at
  from cme.person_link l join cme.person p on p.id = l.person
 where l.used_at is null and l.revoked_at is null and p.ended_at is null and l.expires_at > @now
   and l.hash = @hash --? hash
   and p.authority = @authority --? authority
 order by l.made_at desc
