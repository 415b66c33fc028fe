import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clash, readShortcuts, shortcutOf, usualShortcuts } from './shortcuts';

const press = (key: string, more = {}): { key: string; ctrlKey: boolean; altKey: boolean; metaKey: boolean } => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...more });
const on = { ...usualShortcuts, on: true };

test('no key does anything until shortcuts are switched on', () => {
  assert.equal(shortcutOf(usualShortcuts, press('j'), false), null);
  assert.equal(shortcutOf(usualShortcuts, press('?'), false), null);
  assert.equal(shortcutOf(on, press('j'), false), 'next');
  assert.equal(shortcutOf(on, press('?'), false), 'list');
});

test('a key is only a letter where someone writes, and the browser\'s with a modifier', () => {
  assert.equal(shortcutOf(on, press('j'), true), null);
  for (const modifier of ['ctrlKey', 'altKey', 'metaKey']) { assert.equal(shortcutOf(on, press('p', { [modifier]: true }), false), null); }
});

test('another key takes the place of the usual one', () => {
  const mine = { on: true, keys: { ...usualShortcuts.keys, next: 'ö' } };
  assert.equal(shortcutOf(mine, press('ö'), false), 'next');
  assert.equal(shortcutOf(mine, press('j'), false), null);
  assert.deepEqual(readShortcuts(JSON.stringify(mine)), mine);
});

test('two things cannot have one key, and a key is one character', () => {
  assert.equal(clash(usualShortcuts.keys), null);
  assert.match(clash({ ...usualShortcuts.keys, next: 'k' }) ?? '', /cannot both be k/);
  assert.match(clash({ ...usualShortcuts.keys, next: '' }) ?? '', /Choose one character/);
  assert.match(clash({ ...usualShortcuts.keys, next: 'ab' }) ?? '', /Choose one character/);
});

test('what was kept and cannot be read is as usual', () => {
  for (const kept of [null, '', 'nonsense', '[]', '{"on":"yes"}', '{"keys":{"next":7}}']) { assert.deepEqual(readShortcuts(kept), usualShortcuts); }
  assert.deepEqual(readShortcuts('{"on":true,"keys":{"next":"k"}}'), on);
});
