-- When a school must look at its registers though nothing is sent: registration closes over blanks, or the hold of a doubted register ends.
-- Written in the register's own commit, so that a look that was missed shows from the rows alone, as an episode's does.
alter table cme.school add column next_look_at timestamptz;   -- business clock

create index school_next_look_idx on cme.school (next_look_at) where next_look_at is not null;
