// How long until, or since, an instant, in words. The server says the same in Pages/Wording/Spans.cs; spans.cases.json holds both to it.

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Such as "in 45 minutes", "2 hours 10 minutes overdue" or "due now". */
export function untilWords(actBy: number, now: number): string {
  const late = now >= actBy;
  const length = Math.abs(now - actBy);
  if (length < minute) { return late ? 'now overdue' : 'due now'; }
  return late ? `${lengthWords(length)} overdue` : `in ${lengthWords(length)}`;
}

function lengthWords(length: number): string {
  if (length >= day) { return counted(Math.floor(length / day), 'day'); }
  const hours = Math.floor(length / hour);
  const minutes = Math.floor((length % hour) / minute);
  return [hours > 0 ? counted(hours, 'hour') : '', minutes > 0 ? counted(minutes, 'minute') : ''].filter(Boolean).join(' ');
}

const counted = (number: number, unit: string): string => `${number} ${unit}${number === 1 ? '' : 's'}`;
