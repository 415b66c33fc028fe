import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boardOf, lacks, offer, show, take, waits, type Batch, type Board, type Row } from './arrange';

const row = (reference: string, order = reference, number = 1): Row => ({ reference, order, number });
const many = 100;
const rows = (...all: Row[]): Batch => ({ whole: false, rows: all, removed: [], size: many });
const gone = (...references: string[]): Batch => ({ whole: false, rows: [], removed: references, size: many });
const shown = (board: Board): string => board.rows.map((it) => it.reference).join(' ');
const free = false;
const held = true;

test('a new row comes in at its place when nobody holds the table', () => {
  assert.equal(shown(take(boardOf([row('a'), row('c')]), rows(row('b')), free)), 'a b c');
});

test('a new row waits while somebody holds the table, and comes in when asked for', () => {
  const board = take(boardOf([row('a'), row('c')]), rows(row('b')), held);
  assert.equal(shown(board), 'a c');
  assert.equal(offer(board), 'Show 1 new');
  assert.equal(shown(show(board)), 'a b c');
});

test('once rows wait, later ones wait too, though the table has been let go', () => {
  const board = take(take(boardOf([row('a')]), rows(row('b')), held), rows(row('c')), free);
  assert.equal(shown(board), 'a');
  assert.equal(offer(board), 'Show 2 new');
});

test('a changed row stays where it stands while the table is held, and moves once it is free', () => {
  const moved = rows(row('b', '0', 2));
  const board = take(boardOf([row('a'), row('b')]), moved, held);
  assert.equal(shown(board), 'a b');
  assert.equal(board.rows[1]?.number, 2);
  assert.ok(!waits(board));
  assert.equal(shown(take(board, rows(), free)), 'b a');
});

test('a row that has left stays in grey while the table is held', () => {
  const board = take(boardOf([row('a'), row('b')]), gone('b'), held);
  assert.equal(shown(board), 'a b');
  assert.ok(board.leaving.has('b'));
  assert.equal(offer(board), 'Remove 1 that has left');
  assert.equal(shown(show(board)), 'a');
});

test('a row that left and came back is not grey any more', () => {
  const board = take(take(boardOf([row('a')]), gone('a'), held), rows(row('a', 'a', 3)), held);
  assert.equal(board.leaving.size, 0);
  assert.equal(shown(board), 'a');
});

test('a row that left before it was shown is never shown', () => {
  const board = take(take(boardOf([]), rows(row('a')), held), gone('a'), held);
  assert.ok(!waits(board));
  assert.equal(shown(show(board)), '');
});

test('a batch that is everything removes what it does not list', () => {
  const board = take(boardOf([row('a'), row('b')]), { whole: true, rows: [row('b'), row('c')], removed: [], size: 2 }, free);
  assert.equal(shown(board), 'b c');
});

test('an older version of a row changes nothing, so a batch may come twice or late', () => {
  const board = take(boardOf([row('a', 'a', 5)]), rows(row('a', 'z', 4)), free);
  assert.deepEqual(board.rows, [row('a', 'a', 5)]);
});

test('a row that comes in at the top pushes the last off a full page', () => {
  const board = take(boardOf([row('b'), row('c')]), { ...rows(row('a')), size: 2 }, free);
  assert.equal(shown(board), 'a b');
  assert.ok(!lacks(board));
});

test('a row that leaves a full page makes it lack one, and the whole page brings it', () => {
  const short = take(boardOf([row('a'), row('b')]), { ...gone('a'), size: 2 }, free);
  assert.ok(lacks(short));
  const board = take(short, { whole: true, rows: [row('b'), row('c')], removed: [], size: 2 }, free);
  assert.equal(shown(board), 'b c');
  assert.ok(!lacks(board));
});

test('new and gone are offered together', () => {
  const board = take(take(boardOf([row('a'), row('b')]), rows(row('c')), held), gone('a', 'b'), held);
  assert.equal(offer(board), 'Show 1 new and remove 2 that have left');
});
