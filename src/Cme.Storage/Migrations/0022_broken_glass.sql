-- What the present reader may open by breaking the glass: an episode of the reader's own authority or school, and for somebody of a school
-- another school's of a child who is on the reader's own roll. Keys break none.
create function cme.openable(p_reference text) returns table (child_id text, urn text, fourth boolean)
language sql stable security definer set search_path = pg_catalog as $$
    select e.child_id, e.urn, cme.reads_fourth(e.authority, e.reference, e.child_id)
      from cme.episode e
     where e.reference = p_reference and e.authority = current_setting('cme.authority', true)
       and coalesce(current_setting('cme.person', true), '') <> ''
       and (current_setting('cme.school', true) in ('', e.urn)
            or exists (select from cme.pupil p
                        where p.authority = e.authority and p.child_id = e.child_id and p.urn = current_setting('cme.school', true)
                          and p.on_list and p.leaving_date is null))
$$;

revoke execute on function cme.openable(text) from public;
grant execute on function cme.openable(text) to cme_web, cme_silo;

create index break_glass_authority_idx on cme.break_glass (authority, opened_at desc);

-- Who was named, and what was opened, is evidence: it is added to, ended and acknowledged, and never taken away.
revoke delete on cme.break_glass, cme.named_reader from cme_silo;
