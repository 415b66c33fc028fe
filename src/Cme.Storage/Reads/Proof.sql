-- How far both chains of an authority were last proved. Served by the primary key of chain_proof.
select p.event_number, p.read_number, p.proved_at, p.fault, p.fault_at
  from cme.chain_proof p
 where p.authority = @authority
