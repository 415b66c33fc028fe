-- Stores a referral, or gives back what the same sending stored before. Served by the unique key of (authority, organisation, sending).
with added as (
    insert into cme.referral (reference, authority, organisation, sending, kind, received_at, recorded_by, body, child_id, matched_by, episode)
    values (@reference, @authority, @organisation, @sending, @kind, @receivedAt, @recordedBy, @body, @child, @matchedBy, @episode)
    on conflict (authority, organisation, sending) do nothing
    returning *)
select * from added
union all
select r.* from cme.referral r
 where r.authority = @authority and r.organisation = @organisation and r.sending = @sending and not exists (select from added)
