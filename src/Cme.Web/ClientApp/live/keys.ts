// The keyboard on a board: which row is gone to, and the list of keys where they are switched on and changed.
import { clash, readShortcuts, shortcutOf, shortcutWords, usualShortcuts, type Shortcut, type Shortcuts } from './shortcuts';

export class Keys {
  private shortcuts: Shortcuts;
  private dialog: HTMLDialogElement | null = null;

  /** @param person Whose keys they are: a browser may be shared. */
  constructor(private readonly root: HTMLElement, private readonly person: string) {
    this.shortcuts = readShortcuts(this.kept());
    this.root.querySelector('[data-keys]')?.addEventListener('click', () => this.list());
    document.addEventListener('keydown', (event) => {
      const writing = event.target instanceof Element && event.target.closest('input:not([type=checkbox]), select, textarea, dialog, [contenteditable]') !== null;
      const asked = shortcutOf(this.shortcuts, event, writing);
      if (!asked) { return; }
      event.preventDefault();
      this.carryOut(asked);
    });
  }

  private carryOut(asked: Shortcut): void {
    const row = this.row();
    switch (asked) {
      case 'next': this.goTo(row ? row.nextElementSibling : this.root.querySelector('tr[data-reference]')); break;
      case 'previous': this.goTo(row?.previousElementSibling ?? null); break;
      case 'open': row?.querySelector<HTMLElement>('a[href]')?.click(); break;
      case 'tick': row?.querySelector<HTMLElement>('input[type=checkbox]')?.click(); break;
      case 'takeOn': row?.querySelector<HTMLElement>('button[value^="take-on "]')?.click(); break;
      case 'giveUp': row?.querySelector<HTMLElement>('button[value^="give-up "]')?.click(); break;
      case 'show': this.root.querySelector<HTMLElement>('[data-offer]:not([hidden])')?.click(); break;
      case 'pause': this.root.querySelector<HTMLElement>('[data-pause]')?.click(); break;
      case 'filter': this.filter(); break;
      case 'list': this.list(); break;
    }
  }

  private row(): HTMLElement | null { return document.activeElement?.closest<HTMLElement>('tr[data-reference]') ?? null; }

  private goTo(row: Element | null): void { row?.querySelector<HTMLElement>('a[href]')?.focus(); }

  private filter(): void {
    const details = this.root.querySelector<HTMLDetailsElement>('.cme-filter__details');
    if (!details) { return; }
    details.open = true;
    details.querySelector('select')?.focus();
  }

  private list(): void {
    this.dialog ??= this.build();
    if (!this.dialog.open) { this.dialog.showModal(); }
  }

  private build(): HTMLDialogElement {
    const dialog = element('dialog', { class: 'cme-keys', 'aria-labelledby': 'keys-title' });
    const on = element('input', { type: 'checkbox', id: 'keys-on' });
    on.checked = this.shortcuts.on;
    const fields = new Map<Shortcut, HTMLInputElement>();
    const body = element('tbody');
    for (const name of Object.keys(shortcutWords) as Shortcut[]) {
      const field = element('input', { type: 'text', id: `key-${name}`, maxlength: '1', value: this.shortcuts.keys[name], autocomplete: 'off', autocapitalize: 'none' });
      fields.set(name, field);
      body.append(element('tr', {}, element('th', { scope: 'row' }, element('label', { for: `key-${name}` }, shortcutWords[name])), element('td', {}, field)));
    }
    const wrong = element('p', { class: 'govuk-error-message', role: 'alert' });
    const keep = element('button', { type: 'button', class: 'govuk-button cme-small-button' }, 'Keep these');
    const usual = element('button', { type: 'button', class: 'govuk-button govuk-button--secondary cme-small-button' }, 'As usual');
    const close = element('button', { type: 'button', class: 'govuk-button govuk-button--secondary cme-small-button' }, 'Close');
    usual.addEventListener('click', () => { for (const [name, field] of fields) { field.value = usualShortcuts.keys[name]; } });
    close.addEventListener('click', () => dialog.close());
    keep.addEventListener('click', () => {
      const keys = Object.fromEntries([...fields].map(([name, field]) => [name, field.value])) as Record<Shortcut, string>;
      wrong.textContent = clash(keys) ?? '';
      if (wrong.textContent) { return; }
      this.shortcuts = { on: on.checked, keys };
      this.keep();
      dialog.close();
    });
    dialog.append(
      element('h2', { class: 'govuk-heading-m', id: 'keys-title' }, 'Keyboard shortcuts'),
      element('p', {}, on, ' ', element('label', { for: 'keys-on' }, 'Use single keys as shortcuts on boards')),
      element('table', {}, body), wrong, element('p', { class: 'cme-bulk__row' }, keep, usual, close));
    document.body.append(dialog);
    return dialog;
  }

  // A browser may refuse to keep anything; the keys then hold until the page is left.
  private kept(): string | null { try { return localStorage.getItem(this.place()); } catch { return null; } }

  private keep(): void { try { localStorage.setItem(this.place(), JSON.stringify(this.shortcuts)); } catch { /* They hold for this page. */ } }

  private place(): string { return `cme-keys:${this.person}`; }
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, attributes: Readonly<Record<string, string>> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) { made.setAttribute(name, value); }
  made.append(...children);
  return made;
}
