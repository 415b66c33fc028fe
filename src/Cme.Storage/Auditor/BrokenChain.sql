-- Verifies the next part of the chains of every authority, events and readings: where they do not hold (migration 0021).
-- An authority without a case has readings already, and what is told of nobody's address belongs to none.
select c.authority, v.chain || ' ' || v.number || ': ' || v.fault, now()
  from (select s.authority from cme.sequence s union select r.authority from cme.read_chain r) c
 cross join lateral cme.prove_chain(c.authority, 20 * @most) v
