-- Whether the present reader may read layer 4 of what is held of a child: named for everything about the child, or having one of its episodes
-- open with a reason. Whoever is named for one episode reads that episode only (migration 0018, reads_fourth).
create function cme.reads_fourth_of_child(p_authority text, p_child text) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
    select p_authority = current_setting('cme.authority', true) and coalesce(current_setting('cme.person', true), '') <> ''
       and (exists (select from cme.named_reader n
                     where n.authority = p_authority and n.subject = p_child and n.person = current_setting('cme.person', true)
                       and n.ended_at is null)
            or exists (select from cme.break_glass g
                        where g.authority = p_authority and g.child_id = p_child and g.person = current_setting('cme.person', true)
                          and g.expires_at > now()))
$$;

revoke execute on function cme.reads_fourth_of_child(text, text) from public;
grant execute on function cme.reads_fourth_of_child(text, text) to cme_web, cme_silo;
