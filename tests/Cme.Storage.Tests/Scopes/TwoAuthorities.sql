-- Three schools of two authorities, each with one row of everything that the edge reads. Whatever is one school's own carries its URN in
-- some value, so that a leak shows.
do $$
declare
    s record;
begin
    for s in select * from (values ('999', '900001'), ('999', '900002'), ('998', '980001')) as t (authority, urn) loop
        insert into cme.authority (code, name) values (s.authority, 'Council ' || s.authority) on conflict do nothing;
        insert into cme.sequence (authority, last_number) values (s.authority, 1000) on conflict do nothing;
        insert into cme.authority_calendar (authority, version, body, published_at) values (s.authority, 1, '{}', now()) on conflict do nothing;
        insert into cme.school (authority, urn, name, kind) values (s.authority, s.urn, 'School', 'school');
        insert into cme.school_calendar (authority, urn, school_year, version, body, published_at)
        values (s.authority, s.urn, '2026-27', 1, '{}', now());
        insert into cme.child (authority, id) values (s.authority, 'child' || s.urn);
        insert into cme.pupil (authority, urn, school_pupil_id, child_id, upn, forename, surname, date_of_birth, sex, year_group, entry_date, particulars)
        values (s.authority, s.urn, 'P' || s.urn, 'child' || s.urn, 'U' || s.urn, 'Amina', 'Surname' || s.urn, '2014-03-02', 'F', '7', '2025-09-03',
                jsonb_build_object('address', jsonb_build_object('postcode', 'ZZ' || s.urn)));
        insert into cme.child (authority, id) values (s.authority, 'left' || s.urn);
        insert into cme.pupil (authority, urn, school_pupil_id, child_id, forename, surname, date_of_birth, sex, year_group, entry_date, leaving_date, ground)
        values (s.authority, s.urn, 'L' || s.urn, 'left' || s.urn, 'Lena', 'Gone' || s.urn, '2014-03-02', 'F', '7', '2025-09-03', '2026-09-09', 'a');
        insert into cme.child_conflict (authority, upn, child_id, other_child_id, urn, school_pupil_id)
        values (s.authority, 'U' || s.urn, 'child' || s.urn, 'other', s.urn, 'P' || s.urn);
        insert into cme.episode (reference, authority, urn, child_id, kind, status, stage, first_day_missing, opened_at, level, overdue_count,
               flagged, owner, pack, pack_version, last_code, version, updated_at)
        values ('episode-' || s.urn, s.authority, s.urn, 'child' || s.urn, 'whereabouts', 'open', 'first-day', '2026-09-08', now(), 4, 1, true, s.urn,
                'northamptonshire', 1, 'N', 1, now());
        insert into cme.event (episode, version, authority, type, schema, happened_at, known_at, actor, data, salt, commitment)
        values ('episode-' || s.urn, 1, s.authority, 'EpisodeOpened', 1, now(), now(), 'key-' || s.urn, jsonb_build_object('note', 'note' || s.urn), '', '');
        insert into cme.event (episode, version, authority, type, schema, happened_at, known_at, actor, data, salt, commitment)
        values ('episode-' || s.urn, 2, s.authority, 'PlaceAsked', 1, now(), now(), 'product',
                jsonb_build_object('question', 'seen-' || s.urn, 'urn', 'local:x', 'on', '2026-09-08', 'answerBy', '2026-09-08T10:00:00Z'), '', '');
        insert into cme.owed (episode, rows)
        values ('episode-' || s.urn, format('[["o%1$s","first-call","product","dsl","%1$s",0,null,null,null,0,"open",null,1,1,1]]', s.urn));
        insert into cme.board_row (episode, authority, urn, version, number, open, desk, lead, overdue, desk_number, lead_number)
        values ('episode-' || s.urn, s.authority, s.urn, 1, 1, true, false, true, 1, 1, 1);
        insert into cme.feed (authority, number, epoch, at, episode, urn, version, type, hash)
        values (s.authority, s.urn::bigint, gen_random_uuid(), now(), 'episode-' || s.urn, s.urn, 1, 'EpisodeOpened', '');
        insert into cme.register_sheet (authority, urn, date, session, revision, as_of, received_at, complete, payload)
        values (s.authority, s.urn, '2026-09-08', 'AM', s.urn::integer, now(), now(), true, '');
        insert into cme.signal (authority, urn, sequence, child_id, payload, created_at)
        values (s.authority, s.urn, s.urn::bigint, 'child' || s.urn, '{"ofPlaceOnly":true,"place":{"owes":"true"}}', now());
        insert into cme.leave_of_absence (authority, urn, id, version, school_pupil_id, first_day, expected_return, reason, authorised_by, cancelled,
               recorded_at, recorded_by)
        values (s.authority, s.urn, 'leave' || s.urn, 1, 'P' || s.urn, '2026-09-08', '2026-09-09', 'Funeral', 'Head', false, now(), 'key');
        insert into cme.lesson_register (authority, urn, date, lesson, teaching, taken_at, received_at)
        values (s.authority, s.urn, '2026-09-08', 'Period 1', '10A', now(), now());
        insert into cme.removal_asked (authority, urn, id, school_pupil_id, child_id, ground, gate, evidence, conditions, asked_at, asked_by)
        values (s.authority, s.urn, 'asked' || s.urn, 'P' || s.urn, 'child' || s.urn, 'a', 'open', '{}', '[]', now(), 'key');
        insert into cme.removal (authority, urn, school_pupil_id, left_on, ground, child_id, unmet, noted_at)
        values (s.authority, s.urn, 'P' || s.urn, '2026-10-05', 'i', 'child' || s.urn, '{authority-decision}', now());
        insert into cme.letter (id, authority, urn, episode, kind, addressee, address, body, made_at, made_by)
        values ('letter-' || s.urn, s.authority, s.urn, 'episode-' || s.urn, 'no-news', 'Parent', '{}', 'body' || s.urn, now(), 'dsl');
        insert into cme.referral (reference, authority, organisation, kind, received_at, recorded_by, body, child_id, episode)
        values ('referral-' || s.urn, s.authority, s.urn, 'cme', now(), 'key', '', 'child' || s.urn, 'episode-' || s.urn);
        insert into cme.concern (reference, authority, channel, worry, danger, received_at, known_at, recorded_by, body, suspect, anonymous, child_id)
        values ('concern-' || s.urn, s.authority, 'form', 'other', 'no', now(), now(), '', convert_to('body' || s.urn, 'UTF8'), false, false, 'child' || s.urn);
        insert into cme.concern_deed (concern, version, actor, data) values ('concern-' || s.urn, 1, 'x', jsonb_build_object('note', 'deed' || s.urn));
        insert into cme.concern_reporter (concern, authority, content) values ('concern-' || s.urn, s.authority, convert_to('reporter' || s.urn, 'UTF8'));
        insert into cme.search (id, authority, organisation, criteria, expires_at)
        values ('search' || s.urn, s.authority, s.urn, convert_to('criteria' || s.urn, 'UTF8'), now() + interval '1 hour');
        insert into cme.kept_form (authority, person, episode, form, content, expires_at)
        values (s.authority, case s.urn when '900001' then 'dsl-1' when '900002' then 'dsl-2' else 'dsl-3' end, 'episode-' || s.urn, 'call', convert_to('form' || s.urn, 'UTF8'), now() + interval '1 hour')
        on conflict do nothing;
        insert into cme.api_key (hash, kind, authority, urn, scopes, label) values (convert_to(s.urn, 'UTF8'), 'school', s.authority, s.urn, '{}', 'label' || s.urn);
    end loop;
end $$
