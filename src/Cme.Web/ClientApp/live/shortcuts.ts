// Keys by which a board can be worked without a mouse: pure, so that node can test it. Off until someone switches them on, since a key by
// itself may be what a speech engine types (WCAG 2.1.4); each can be another.

export type Shortcut = 'next' | 'previous' | 'open' | 'tick' | 'takeOn' | 'giveUp' | 'show' | 'pause' | 'filter' | 'list';

export const shortcutWords: Record<Shortcut, string> = {
  next: 'Go to the next episode',
  previous: 'Go to the episode before',
  open: 'Open the episode',
  tick: 'Tick the episode',
  takeOn: 'Take the episode on',
  giveUp: 'Give the episode up',
  show: 'Show what is new',
  pause: 'Pause or resume updates',
  filter: 'Filter and sort',
  list: 'Show this list',
};

export interface Shortcuts {
  readonly on: boolean;
  readonly keys: Readonly<Record<Shortcut, string>>;
}

export const usualShortcuts: Shortcuts = {
  on: false,
  keys: { next: 'j', previous: 'k', open: 'o', tick: 'x', takeOn: 't', giveUp: 'g', show: 'n', pause: 'p', filter: 'f', list: '?' },
};

const all = Object.keys(usualShortcuts.keys) as Shortcut[];

/** What was kept in the browser; what cannot be read is as usual. */
export function readShortcuts(kept: string | null): Shortcuts {
  try {
    const read = JSON.parse(kept ?? '') as { on?: unknown; keys?: Record<string, unknown> };
    const keys = Object.fromEntries(all.map((name) => {
      const key = read.keys?.[name];
      return [name, typeof key === 'string' && [...key].length === 1 ? key : usualShortcuts.keys[name]];
    })) as Record<Shortcut, string>;
    return clash(keys) ? { ...usualShortcuts, on: read.on === true } : { on: read.on === true, keys };
  } catch {
    return usualShortcuts;
  }
}

/** What is wrong with keys, in words; null if nothing is. */
export function clash(keys: Readonly<Record<Shortcut, string>>): string | null {
  for (const name of all) {
    if ([...keys[name]].length !== 1 || keys[name] === ' ') { return `Choose one character for “${shortcutWords[name]}”.`; }
    const other = all.find((one) => one !== name && keys[one] === keys[name]);
    if (other) { return `“${shortcutWords[name]}” and “${shortcutWords[other]}” cannot both be ${keys[name]}.`; }
  }
  return null;
}

/** What a pressed key asks for; null while the keys are off, with a modifier, or where someone writes. */
export function shortcutOf(
  shortcuts: Shortcuts, press: { readonly key: string; readonly ctrlKey: boolean; readonly altKey: boolean; readonly metaKey: boolean }, writing: boolean,
): Shortcut | null {
  if (!shortcuts.on || writing || press.ctrlKey || press.altKey || press.metaKey) { return null; }
  return all.find((name) => shortcuts.keys[name] === press.key) ?? null;
}
