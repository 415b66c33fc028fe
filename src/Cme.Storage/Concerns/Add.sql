-- Stores a concern and, apart from it, who reported; or gives back the reference under which the same sending was stored before. Nothing
-- of any child is looked for. Served by the unique key of (authority, sending).
with added as (
    insert into cme.concern (reference, authority, sending, channel, worry, danger, received_at, known_at, recorded_by, body, suspect, anonymous)
    values (@reference, @authority, @sending, @channel, @worry, @danger, @receivedAt, @knownAt, @recordedBy, @body, @suspect, @reporter is null)
    on conflict (authority, sending) do nothing
    returning reference, authority
), told as (
    insert into cme.concern_reporter (concern, authority, content)
    select a.reference, a.authority, @reporter from added a where @reporter is not null
)
select a.reference from added a
union all
select c.reference from cme.concern c
 where c.authority = @authority and c.sending = @sending and not exists (select from added)
