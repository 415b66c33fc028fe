// What is typed into a form, kept in this tab alone until it was recorded. It lies there encrypted, and the key comes with the page:
// only whoever is signed in as the same person can read it again. Forms about a child's safety are not kept at all.
const prefix = 'cme-form:';
const notTyped = new Set(['__RequestVerificationToken', 'Checked', 'Seal', 'Seen', 'Sending', 'For']);

export async function keepTyping(form: HTMLFormElement, name: string): Promise<void> {
  const secret = form.dataset.secret;
  if (!secret || !globalThis.crypto?.subtle) { return; }
  const key = await crypto.subtle.importKey('raw', bytes(secret), 'AES-GCM', false, ['encrypt', 'decrypt']);
  const place = prefix + name;
  await restore(form, key, sessionStorage.getItem(place));
  form.addEventListener('input', () => void encrypt(key, typed(form)).then((text) => sessionStorage.setItem(place, text)).catch(() => undefined));
}

/** Forgets what was typed: it was recorded, or the person has gone. */
export function forgetTyping(): void {
  for (const place of Object.keys(sessionStorage)) { if (place.startsWith(prefix)) { sessionStorage.removeItem(place); } }
}

const typed = (form: HTMLFormElement): [string, string][] =>
  [...new FormData(form)].filter((field): field is [string, string] => typeof field[1] === 'string' && !notTyped.has(field[0]));

async function encrypt(key: CryptoKey, fields: [string, string][]): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(fields));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text));
  return btoa(String.fromCharCode(...iv, ...sealed));
}

async function restore(form: HTMLFormElement, key: CryptoKey, kept: string | null): Promise<void> {
  if (!kept || form.querySelector('.govuk-error-message:not([hidden])') || form.dataset.filled === 'true') { return; }
  let fields: [string, string][];
  try {
    const sealed = bytes(kept);
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.slice(0, 12) }, key, sealed.slice(12));
    fields = JSON.parse(new TextDecoder().decode(text)) as [string, string][];
  } catch {
    return;                                                          // Another person's, or of another day's key.
  }
  for (const [name, value] of fields) { fill(form.elements.namedItem(name), value); }
  const note = form.querySelector<HTMLElement>('[data-part=restored]');
  if (note) { note.hidden = false; }
  form.dispatchEvent(new Event('change'));
}

function fill(field: Element | RadioNodeList | null, value: string): void {
  if (field instanceof RadioNodeList) { field.value = value; } else if (field instanceof HTMLInputElement && field.type === 'radio') { field.checked = field.value === value; } else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) { field.value = value; }
}

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
