// By when something is to be done, in words that go on with the clock.
import { untilWords } from './spans';

/** The rule's time while it lies ahead; after it, the time when it becomes overdue; after both, how late it is. */
export function sayDeadline(element: HTMLElement, now: number): void {
  const { due = '', actBy = '', dueWords = '', actWords = '' } = element.dataset;
  const toRule = now < Date.parse(due);
  const until = element.querySelector<HTMLElement>('[data-until]');
  const by = element.querySelector<HTMLElement>('[data-by]');
  if (!until || !by) { return; }
  write(by, toRule ? dueWords : actWords);
  write(until, untilWords(Date.parse(toRule ? due : actBy), now));
  until.classList.toggle('cme-late', now >= Date.parse(actBy));
}

/** Only what differs: a text that is written again is a change to a screen reader. */
export function write(element: HTMLElement, words: string): void {
  if (element.textContent !== words) { element.textContent = words; }
}
