-- Finds what other places were asked about a case, among everything that happened in it: only that is in the index.
create index event_asked_idx on cme.event (episode) where type = 'PlaceAsked';
