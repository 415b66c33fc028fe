// The time on the server, as last heard and carried on by how long ago that was. The browser's own clock may be wrong and
// is never asked; in a demo the server's clock is moved by hand.

export class ServerClock {
  /** @param elapsed milliseconds that only ever grow, such as `performance.now`. */
  constructor(private at: number, private readonly elapsed: () => number) {
    this.heardAt = elapsed();
  }

  private heardAt: number;

  heard(at: number): void {
    this.at = at;
    this.heardAt = this.elapsed();
  }

  /** The server's time now, in milliseconds since 1970. */
  now(): number { return this.at + this.silence(); }

  /** What the server said, the last time it was heard. */
  last(): number { return this.at; }

  /** Milliseconds since the server was last heard. */
  silence(): number { return this.elapsed() - this.heardAt; }
}

const london = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: 'numeric', minute: '2-digit', hour12: true });

/** Such as "9:41am", in London. */
export const clockWords = (at: number): string => {
  const parts = Object.fromEntries(london.formatToParts(at).map((part) => [part.type, part.value]));
  return `${Number(parts.hour) || 12}:${parts.minute}${parts.dayPeriod?.toLowerCase().replaceAll(/[^a-z]/g, '')}`;
};

const londonDate = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** Such as "Monday 7 September 2026", in London. */
export const dateWords = (at: number): string => londonDate.format(at).replace(',', '');
