// A board on a wall: reads its numbers again whenever the feed says that something has changed, and once a minute. Without this the page
// reloads itself every half minute.
import { leadsAway, listen, staleAfter } from './live/connection';
import { sayDeadline, write } from './live/deadline';
import { morph } from './live/morph';
import { clockWords, dateWords, ServerClock } from './live/serverClock';

const elapsed = (): number => performance.now();
const refreshAfter = 60_000;
const wall = document.querySelector<HTMLElement>('[data-wall]');

if (wall) {
  const clock = new ServerClock(Date.parse(wall.dataset.now ?? ''), elapsed);
  let asked = elapsed();
  let reading = false;
  let wanted = false;
  let unreachable = false;
  let over = false;

  const signedOut = (): void => {
    over = true;
    for (const part of wall.querySelectorAll<HTMLElement>('[data-numbers], [data-stale]')) { part.hidden = true; }
    for (const part of wall.querySelectorAll<HTMLElement>('[data-signed-out]')) { part.hidden = false; }
  };

  const read = async (): Promise<void> => {
    wanted = true;
    if (reading || over) { return; }
    reading = true;
    try {
      while (wanted) {
        wanted = false;
        asked = elapsed();
        const response = await fetch(location.href, { redirect: 'manual' });
        if (leadsAway(response)) { signedOut(); }
        if (!response.ok) { throw new Error(`The numbers were refused: ${response.status}.`); }
        const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('[data-numbers]');
        const old = wall.querySelector('[data-numbers]');
        if (fresh && old) { morph(old, fresh); }
      }
    } catch {
      // The next change or the next minute asks again; without a heartbeat the wall says that it is stale.
    } finally {
      reading = false;
      tick();
    }
  };

  const tick = (): void => {
    if (over) { return; }
    const now = clock.now();
    const stale = unreachable || clock.silence() > staleAfter;
    const warning = wall.querySelector<HTMLElement>('[data-stale]');
    if (warning) {
      if (stale && warning.hidden) { for (const said of warning.querySelectorAll<HTMLElement>('[data-last-heard]')) { write(said, clockWords(clock.last())); } }
      warning.hidden = !stale;
    }
    if (stale) { return; }
    for (const element of wall.querySelectorAll<HTMLElement>('[data-clock]')) { write(element, clockWords(now)); }
    for (const element of wall.querySelectorAll<HTMLElement>('[data-date]')) { write(element, dateWords(now)); }
    for (const element of wall.querySelectorAll<HTMLElement>('[data-act-by]')) { sayDeadline(element, now); }
  };

  const hear = (): void => { unreachable = false; };
  void listen(wall.dataset.wall ?? '', {
    known: () => ({ epoch: wall.dataset.epoch ?? '', number: Number(wall.dataset.number) }),
    counted: () => void read(),
    changed: (epoch, number) => {
      hear();
      wall.dataset.epoch = epoch;
      wall.dataset.number = String(number);
      void read();
    },
    heartbeat: (_number, at) => {
      hear();
      clock.heard(at);
      if (elapsed() - asked > refreshAfter) { void read(); }
      tick();
    },
    stale: () => {
      unreachable = true;
      tick();
    },
    signedOut,
    denied: () => location.reload(),
  });
  setInterval(tick, 1_000);
}
