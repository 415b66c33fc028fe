import assert from 'node:assert/strict';
import { test } from 'node:test';
import { News, newsWords } from './news';
import { clockWords, dateWords, ServerClock } from './serverClock';
import cases from './spans.cases.json';
import { untilWords } from './spans';

for (const { actBy, now, says } of cases) {
  test(`at ${now} a deadline of ${actBy} is "${says}"`, () => {
    assert.equal(untilWords(Date.parse(actBy), Date.parse(now)), says);
  });
}

test('clock times are said as GOV.UK says them, in London', () => {
  assert.equal(clockWords(Date.parse('2026-09-07T07:31:00Z')), '8:31am');
  assert.equal(clockWords(Date.parse('2026-11-07T12:05:00Z')), '12:05pm');
  assert.equal(clockWords(Date.parse('2026-11-07T00:05:00Z')), '12:05am');
  assert.equal(dateWords(Date.parse('2026-09-06T23:30:00Z')), 'Monday 7 September 2026');
});

test('the server\'s clock goes on between heartbeats and jumps when the server does', () => {
  let passed = 1_000;
  const clock = new ServerClock(50_000, () => passed);
  passed += 4_000;
  assert.equal(clock.now(), 54_000);
  assert.equal(clock.silence(), 4_000);
  clock.heard(900_000);
  assert.equal(clock.now(), 900_000);
  assert.equal(clock.last(), 900_000);
});

test('news is told at once, then gathered for thirty seconds', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let passed = 0;
  const said: string[] = [];
  const news = new News((words) => said.push(words), () => passed);
  const pass = (milliseconds: number): void => { passed += milliseconds; context.mock.timers.tick(milliseconds); };

  news.add({ new: 1, changed: 0, gone: 0 });
  pass(0);
  news.add({ new: 1, changed: 2, gone: 0 });
  news.add({ new: 0, changed: 0, gone: 1 });
  pass(29_000);
  assert.deepEqual(said, ['Board updated: 1 new.']);
  pass(1_000);
  assert.deepEqual(said, ['Board updated: 1 new.', 'Board updated: 1 new, 2 changed, 1 gone.']);
});

test('nothing is said of nothing', () => assert.equal(newsWords({ new: 0, changed: 0, gone: 0 }), ''));
