-- As 0018 says it: null for a child who is on nobody's list. The greatest of no date and the day after the last day on roll was that day, so that
-- a school lost the live view of a child whom no other school has.
create or replace function cme.moved_on(p_authority text, p_child text, p_urn text) returns date
language sql stable security definer set search_path = pg_catalog as $$
    select greatest(min(other.entry_date),
                    (select max(own.leaving_date) + 1 from cme.pupil own
                      where own.authority = p_authority and own.child_id = p_child and own.urn = p_urn))
      from cme.pupil other
     where other.authority = p_authority and other.child_id = p_child and other.urn <> p_urn and other.on_list and other.leaving_date is null
       and not exists (select from cme.pupil own
                        where own.authority = p_authority and own.child_id = p_child and own.urn = p_urn and own.on_list
                          and own.leaving_date is null)
    having count(*) > 0
$$;
