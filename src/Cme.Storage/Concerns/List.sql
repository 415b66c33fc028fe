-- Concerns of an authority, newest first, each with what was done about it, how its child's flags bear on it and whether the episode that it
-- joined is open; or one of them. (hides_address asks whether a child has any of some flags.) Served by concern_list_idx,
-- concern_open_idx, concern_child_idx and the primary key.
select c.*, coalesce(d.deeds, '[]') as deeds, coalesce(e.status = 'open', false) and c.joined_at is not null as followed,
       c.child_id is not null and cme.hides_address(c.authority, c.child_id, @hiding) as address_hidden,
       c.child_id is not null and cme.hides_address(c.authority, c.child_id, @barring) as family_barred
  from cme.concern c
  left join cme.episode e on e.reference = c.episode
  left join lateral (select jsonb_agg(d.data order by d.version)::text as deeds from cme.concern_deed d where d.concern = c.reference) d on true
 where c.authority = @authority
   and c.reference = @reference --? reference
   and c.open = @open --? open
   and c.child_id = @child --? child
   and (c.received_at < @before or (c.received_at = @before and c.reference > @beforeReference)) --? before
 order by c.received_at desc, c.reference
 limit @limit
