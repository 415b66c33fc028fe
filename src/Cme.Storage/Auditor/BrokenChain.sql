-- Verifies the next part of the chains of every authority, events and readings: where they do not hold (migration 0021).
select s.authority, v.chain || ' ' || v.number || ': ' || v.fault, now()
  from cme.sequence s
 cross join lateral cme.prove_chain(s.authority, 20 * @most) v
