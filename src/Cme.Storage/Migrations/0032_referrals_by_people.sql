-- A person says which child a referral is about (matched_by 'person'), or that they looked and found nobody; it then goes on waiting.
alter table cme.referral add column decided_by text, add column decided_at timestamptz;   -- business clock

create index referral_waiting_idx on cme.referral (authority, received_at desc, reference) where child_id is null;
create index referral_child_idx on cme.referral (authority, child_id) where child_id is not null;
