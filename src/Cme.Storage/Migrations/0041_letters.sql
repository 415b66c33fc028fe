-- Letters to parents, each version as it was written. What was sent is an act of the episode, which names the letter as its evidence.
create table cme.letter (
    id          text collate "C" primary key,
    authority   text collate "C" not null,
    urn         text collate "C" not null,
    episode     text collate "C" not null references cme.episode,
    kind        text        not null,
    contact     text,                                  -- whom of the roll's contacts it is to; null for nobody by name
    addressee   text        not null,
    address     text[]      not null,                  -- none where the address is hidden, or not known
    body        text        not null,
    language    text,                                  -- of the translated copy
    translation text,
    made_at     timestamptz not null,                  -- business clock
    made_by     text        not null
);

create index letter_episode_idx on cme.letter (episode, made_at);
create trigger append_only before update or delete or truncate on cme.letter for each statement execute function cme.refuse_change();

alter table cme.letter enable row level security;
create policy silo on cme.letter to cme_silo using (true) with check (true);
create policy web on cme.letter for select to cme_web
 using (authority = (select current_setting('cme.authority', true))
        and (urn = (select current_setting('cme.school', true)) or (select current_setting('cme.school', true)) = ''));
grant select on cme.letter to cme_web;
