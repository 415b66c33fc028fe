-- The part-week timetable by which a pupil comes, as the roll names it. Read with every roll, and so no longer looked for in the particulars.
alter table cme.pupil add column timetable text generated always as (particulars ->> 'timetable') stored;
