-- Numbers what the given authorities have committed, in one transaction. An authority that another sequencer is at is left out.
select p.authority, p.epoch, p.number, p.urns, p.desk, p.lead, p.published
  from unnest($1::text[]) as a (code)
 cross join lateral cme.publish(a.code, $2) p
