-- An authority chooses the procedure of its schools. A school may have one of its own; where neither has, the configured one applies.
alter table cme.authority add column pack text;
