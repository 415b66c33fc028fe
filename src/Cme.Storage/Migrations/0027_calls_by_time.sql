-- Calls home, for the pictures of what came of them: of all events the few that such a picture counts.
create index event_call_idx on cme.event (authority, happened_at)
 where type = 'ActionRecorded' and data #>> '{deed,action}' = 'call';
