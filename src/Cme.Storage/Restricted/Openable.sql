-- What the present reader may open with a reason (migration 0022).
select o.child_id, o.urn, o.fourth from cme.openable(@reference) o
