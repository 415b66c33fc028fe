-- Adds a deed to a concern that stands where its doer saw it, and moves the head with it; nothing if somebody was quicker. Served by the
-- primary keys.
with head as (
    update cme.concern c
       set version = @version + 1, open = @open, screened = @screened, child_id = @child, holder = @holder,
           episode = case when @rejoins then @episode else c.episode end,
           joined_at = case when @rejoins then null else c.joined_at end,
           changed_at = now()
     where c.reference = @reference and c.authority = @authority and c.version = @version
    returning c.reference, c.version
)
insert into cme.concern_deed (concern, version, actor, data)
select h.reference, h.version, @actor, @data from head h
returning version
