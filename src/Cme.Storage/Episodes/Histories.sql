-- The histories of many episodes of the caller's, each oldest first. Served by the primary keys of event and episode.
select e.episode, e.version, e.type, e.schema, e.happened_at, e.known_at, e.actor, e.data::text as data, e.recorded_at
  from cme.event e
 where e.episode = any (@references)
   and e.authority = @authority --? authority
   and exists (select from cme.episode h where h.reference = e.episode and h.urn = @urn) --? urn
 order by e.episode, e.version
