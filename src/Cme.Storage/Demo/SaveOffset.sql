-- Stores how far the demo's business clock is ahead; it never goes back.
insert into cme.demo_clock as c (offset_ms) values (@offset)
on conflict (one) do update set offset_ms = greatest(c.offset_ms, excluded.offset_ms)
