-- From when and until when a register looks wrong. It follows from the marks; it is written beside them because a list over an
-- authority cannot look into every payload.
alter table cme.register_sheet
    add column doubted_from  timestamptz,
    add column doubted_until timestamptz;
