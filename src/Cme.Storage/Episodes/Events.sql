-- The history of an episode, of the caller's or of anyone's. Served by the primary keys of event and episode.
select e.episode, e.version, e.type, e.schema, e.happened_at, e.known_at, e.actor, e.data::text as data, e.recorded_at
  from cme.event e
 where e.episode = @reference
   and e.authority = @authority --? authority
   and exists (select from cme.episode h where h.reference = e.episode and (h.urn = @urn or h.reference = any (cme.open_glass()))) --? urn
 order by e.version
