// Passkeys, where the browser has them. A form says what it is for (data-passkey="get" or "create") and where its challenge comes
// from (data-options); it stays hidden where passkeys do not work, and every page has another way.

/** Shows the forms for passkeys and lets each ask the browser before it is sent. */
export function offerPasskeys(): void {
  const forms = document.querySelectorAll<HTMLFormElement>('form[data-passkey]');
  if (forms.length === 0 || !('PublicKeyCredential' in window) || !('parseRequestOptionsFromJSON' in PublicKeyCredential)) { return; }
  for (const form of forms) {
    form.hidden = false;
    form.addEventListener('submit', (submitted) => {
      submitted.preventDefault();
      void ask(form);
    });
  }
}

async function ask(form: HTMLFormElement): Promise<void> {
  const wrong = form.querySelector<HTMLElement>('[data-passkey-wrong]');
  if (wrong) { wrong.textContent = ''; }
  try {
    const answer = await fetch(form.dataset['options'] ?? '', { method: 'POST', body: new FormData(form) });
    if (!answer.ok) { throw new Error(String(answer.status)); }
    const credential = await ofBrowser(form.dataset['passkey'] === 'create', await answer.json());
    form.querySelector<HTMLInputElement>('[data-credential]')!.value = JSON.stringify(credential);
    form.submit();
  } catch {
    // Cancelled, too slow, or no passkey for this service here: the browser does not say which.
    if (wrong) { wrong.textContent = form.dataset['wrong'] ?? ''; }
  }
}

async function ofBrowser(create: boolean, options: unknown): Promise<unknown> {
  const made = create
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON) });
  return (made as PublicKeyCredential).toJSON();
}
