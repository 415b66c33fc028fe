// A live board. The page works without this: it shows the same rows as the server rendered them, until it is reloaded.
import { boardOf, lacks, offer, show, take, waits, type Board } from './live/arrange';
import { leadsAway, listen, staleAfter, type Listener } from './live/connection';
import { sayDeadline, write } from './live/deadline';
import { Keys } from './live/keys';
import { morph } from './live/morph';
import { News } from './live/news';
import { answerOf, RowElements, type Answer } from './live/rows';
import { clockWords, dateWords, ServerClock } from './live/serverClock';

const elapsed = (): number => performance.now();
const refreshAfter = 60_000;

class LiveBoard implements Listener {
  private readonly name: string;
  private readonly query: string;
  private readonly clock: ServerClock;
  private readonly table: HTMLTableElement;
  private readonly elements: RowElements;
  private readonly news: News;
  private board: Board;
  private epoch: string;
  private number: number;

  /** What the feed has told of and the page does not show yet, and since when. */
  private wanted: { epoch: string; number: number; since: number } | null = null;
  private fetching = false;
  private asked = elapsed();
  private paused = false;
  private heard = false;
  private unreachable = false;
  private over = false;

  constructor(private readonly root: HTMLElement) {
    this.name = root.dataset.board ?? '';
    this.epoch = root.dataset.epoch ?? '';
    this.number = Number(root.dataset.number);
    this.query = root.dataset.query ?? '';
    this.clock = new ServerClock(Date.parse(root.dataset.now ?? ''), elapsed);
    this.table = this.part<HTMLTableElement>('table');
    this.elements = new RowElements(this.part<HTMLTableSectionElement>('tbody'));
    this.news = new News((words) => { this.part('[data-news]').textContent = words; }, elapsed);
    this.board = boardOf(this.elements.rows());
  }

  start(): void {
    this.part('[data-controls]').hidden = false;
    this.part('[data-without-script]').hidden = true;
    this.part('[data-offer]').addEventListener('click', () => this.accept());
    this.part('[data-pause]').addEventListener('click', () => this.pause());
    this.part<HTMLFormElement>('[data-act]').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.act(event.target as HTMLFormElement, event.submitter);
    });
    new Keys(this.root, this.root.dataset.viewer ?? '');
    setInterval(() => this.tick(), 1_000);
    void listen(this.name, this);
  }

  known(): { epoch: string; number: number } { return { epoch: this.epoch, number: this.number }; }

  changed(epoch: string, number: number): void {
    this.hear();
    this.want(epoch, number);
  }

  counted(): void {
    this.hear();
    this.wanted ??= { epoch: this.epoch, number: this.number, since: elapsed() };
    void this.fetch();
  }

  heartbeat(number: number, at: number): void {
    this.clock.heard(at);
    this.want(this.epoch, number);
    this.settle();
    // What the registers are like changes with the time of day alone, when nobody has anything to tell.
    if (!this.wanted && elapsed() - this.asked > refreshAfter) { this.wanted = { epoch: this.epoch, number: this.number, since: elapsed() }; }
    this.hear();
    if (this.wanted) { void this.fetch(); }
  }

  denied(): void {
    this.part('[data-denied]').hidden = false;
    this.part('[data-controls]').hidden = true;
  }

  /** Names must not stay on a screen that nobody is signed in at. */
  signedOut(): void {
    this.over = true;
    for (const part of this.root.children) { (part as HTMLElement).hidden = true; }
    this.part('[data-signed-out]').hidden = false;
  }

  stale(): void {
    this.unreachable = true;
    this.tick();
  }

  private hear(): void {
    this.heard = true;
    this.unreachable = false;
    this.tick();
  }

  private want(epoch: string, number: number): void {
    if (epoch === this.epoch && number <= this.number) { return; }
    this.wanted = { epoch, number, since: this.wanted?.since ?? elapsed() };
    void this.fetch();
  }

  /** Fetches what came after the number shown; one request at a time, so a burst costs a few requests, not hundreds. */
  private async fetch(): Promise<void> {
    if (this.fetching || this.paused || this.over) { return; }
    this.fetching = true;
    try {
      while (this.wanted && !this.paused) {
        const stood = this.number;
        this.receive(await this.ask(true));
        if (lacks(this.board)) { this.receive(await this.ask(false)); }
        if (this.number === stood) { return; } // The rows are behind the feed: ask again at the next heartbeat, not in a loop.
      }
    } catch {
      // The next heartbeat asks again; if that goes on, the board says that it is stale.
    } finally {
      this.fetching = false;
    }
  }

  /** The rows of this page that changed, or all of them. */
  private async ask(changesOnly: boolean): Promise<Answer> {
    this.asked = elapsed();
    const query = new URLSearchParams(this.query);
    query.set('board', this.name);
    query.set('place', this.root.dataset.place ?? '');
    if (changesOnly) {
      query.set('epoch', this.epoch);
      query.set('after', String(this.number));
    }
    const response = await fetch(`/boards/rows?${query}`, { headers: { accept: 'text/html' }, redirect: 'manual' });
    if (leadsAway(response)) { this.signedOut(); }
    if (!response.ok) { throw new Error(`The rows were refused: ${response.status}.`); }
    return answerOf(await response.text());
  }

  private receive(answer: Answer): void {
    const before = this.board;
    this.elements.update(answer.html);
    this.board = take(before, answer.batch, this.held());
    this.epoch = answer.epoch;
    this.number = answer.number;
    if (this.wanted && this.wanted.epoch === this.epoch && this.wanted.number <= this.number) { this.wanted = null; }

    const was = new Map([...before.rows, ...before.waiting].map((row) => [row.reference, row.number]));
    this.news.add({
      new: answer.batch.rows.filter((row) => !was.has(row.reference)).length,
      changed: answer.batch.rows.filter((row) => row.number > (was.get(row.reference) ?? Number.POSITIVE_INFINITY)).length,
      gone: answer.batch.removed.filter((reference) => was.has(reference)).length,
    });
    answer.parts.forEach((part) => this.replace(part));
    this.render();
  }

  /** Someone points at the table, is in it with the keyboard, or has scrolled into it: nothing there may move. */
  private held(): boolean {
    return this.table.matches(':hover') || this.table.contains(document.activeElement) || this.table.getBoundingClientRect().top < 0;
  }

  /** Rows that were updated while somebody held the table go to their places once it is let go. */
  private settle(): void {
    if (this.held() || waits(this.board)) { return; }
    this.board = show(this.board);
    this.elements.show(this.board);
  }

  private replace(part: HTMLElement): void {
    const old = this.root.querySelector(`[data-part="${part.dataset.part}"]`);
    if (old) { morph(old, part); }
  }

  private render(): void {
    this.elements.show(this.board);
    this.part('[data-empty]').hidden = this.board.rows.length > 0;
    this.table.hidden = this.board.rows.length === 0;
    const bulk = this.root.querySelector<HTMLElement>('[data-bulk]');
    if (bulk) { bulk.hidden = this.table.hidden; }
    const button = this.part('[data-offer]');
    button.hidden = !waits(this.board);
    button.textContent = offer(this.board);
    this.words();
  }

  private accept(): void {
    this.board = show(this.board);
    this.render();
    this.part('[data-heading]').focus(); // The button has gone, and the focus must not go with it.
  }

  /** Takes on, gives up or gives away without leaving the page: what came of it is said at the top, and the rows follow. */
  private async act(form: HTMLFormElement, pressed: HTMLElement | null): Promise<void> {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, pressed)) { body.append(name, String(value)); }
    body.set('inline', 'true');
    try {
      const response = await fetch(form.action, { method: 'POST', body, redirect: 'error' });
      if (!response.ok) { throw new Error(`Refused: ${response.status}.`); }
      const said = new DOMParser().parseFromString(await response.text(), 'text/html').body;
      this.part('[data-acted]').replaceChildren(...[...said.children].map((part) => document.importNode(part, true)));
      for (const box of form.querySelectorAll<HTMLInputElement>('input[type=checkbox]:checked')) { box.checked = false; }
    } catch {
      form.querySelector<HTMLInputElement>('input[data-pressed]')?.remove();
      if (pressed instanceof HTMLButtonElement) {
        const again = document.createElement('input');
        Object.assign(again, { type: 'hidden', name: pressed.name, value: pressed.value });
        again.dataset.pressed = '';
        form.append(again);
      }
      form.submit(); // The plain way, which tells what is wrong: signed out, or the service is away.
    }
  }

  private pause(): void {
    this.paused = !this.paused;
    this.part('[data-pause]').textContent = this.paused ? 'Resume updates' : 'Pause updates';
    this.status(this.paused ? `Paused at ${clockWords(this.clock.now())}` : 'Connecting');
    if (!this.paused) { void this.fetch(); }
    this.words();
  }

  private tick(): void {
    if (this.over) { return; }
    const behind = this.wanted && !this.paused ? elapsed() - this.wanted.since : 0;
    const stale = this.unreachable || this.clock.silence() > staleAfter || behind > staleAfter;
    const warning = this.part('[data-stale]');
    if (stale && warning.hidden) { this.part('[data-last-heard]').textContent = clockWords(this.clock.last()); }
    warning.hidden = !stale;
    if (!this.paused) { this.status(stale ? 'Not live' : this.heard ? 'Live' : 'Connecting'); }
    if (!stale) { this.words(); }
  }

  /** Every "in 45 minutes" on the page, by the server's clock. */
  private words(): void {
    if (this.paused) { return; }
    const now = this.clock.now();
    for (const element of this.root.querySelectorAll<HTMLElement>('[data-act-by]')) { sayDeadline(element, now); }
    for (const element of document.querySelectorAll<HTMLElement>('[data-clock]')) { write(element, clockWords(now)); }
    for (const element of document.querySelectorAll<HTMLElement>('[data-date]')) { write(element, dateWords(now)); }
  }

  private status(words: string): void {
    write(this.part('[data-status]'), words);
    this.root.classList.toggle('cme-board--live', words === 'Live');
  }

  private part<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.root.querySelector<T>(selector);
    if (!found) { throw new Error(`The board's page lacks ${selector}.`); }
    return found;
  }
}

for (const root of document.querySelectorAll<HTMLElement>('[data-board]')) { new LiveBoard(root).start(); }
