// What a screen reader is told of changes: counts only, politely, and not more often than every 30 seconds.

const gap = 30_000;

export class News {
  private counts = { new: 0, changed: 0, gone: 0 };
  private last = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly say: (words: string) => void, private readonly elapsed: () => number) { }

  add(more: { new: number; changed: number; gone: number }): void {
    this.counts.new += more.new;
    this.counts.changed += more.changed;
    this.counts.gone += more.gone;
    this.timer ??= setTimeout(() => this.tell(), Math.max(0, this.last + gap - this.elapsed()));
  }

  private tell(): void {
    this.timer = undefined;
    this.last = this.elapsed();
    const words = newsWords(this.counts);
    this.counts = { new: 0, changed: 0, gone: 0 };
    if (words) { this.say(words); }
  }
}

/** Such as "Board updated: 2 new, 1 changed." Empty if nothing happened. */
export function newsWords(counts: { new: number; changed: number; gone: number }): string {
  const words = [
    counts.new > 0 ? `${counts.new} new` : '',
    counts.changed > 0 ? `${counts.changed} changed` : '',
    counts.gone > 0 ? `${counts.gone} gone` : '',
  ].filter(Boolean).join(', ');
  return words ? `Board updated: ${words}.` : '';
}
