-- A reminder moves with nearly every look at its episode. Only the demo's clock ever asked for the earliest, and may read them all for it;
-- for everybody else the index made each move three index entries and a row on another page.
drop index cme.reminder_start_idx;

alter table cme.reminder set (fillfactor = 70);
