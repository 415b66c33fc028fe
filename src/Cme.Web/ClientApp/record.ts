// An episode's page and its forms: what an act would lead to is shown while it is filled in, and what is typed outlives a lost network.
// Every form works without this file; then the consequences are read on a page of their own.
import { keepTyping, forgetTyping } from './kept';

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-cme-record][data-preview]')) { record(form); }
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-undo]')) { offerFor(form, Number(form.dataset.undo)); }
if (document.querySelector('[data-recorded]')) { forgetTyping(); }

function record(form: HTMLFormElement): void {
  const region = form.querySelector<HTMLElement>('[data-part=consequences]')!;
  const offline = form.querySelector<HTMLElement>('[data-part=offline]')!;
  let shown = '';
  let asking: Promise<void> | null = null;

  const filled = (): string => JSON.stringify([...new FormData(form)].filter(([name]) => name !== 'Checked'));

  const ask = async (): Promise<void> => {
    const asked = filled();
    if (asked === shown) { return; }
    try {
      const answer = await fetch(form.dataset.preview!, { method: 'POST', body: new FormData(form), redirect: 'error', signal: AbortSignal.timeout(5_000) });
      region.innerHTML = answer.ok ? await answer.text() : '';
      shown = asked;
    } catch {
      region.innerHTML = '';
    }
  };
  const refresh = (): Promise<void> => asking ??= ask().finally(() => { asking = null; });

  form.addEventListener('change', () => void refresh());
  form.addEventListener('submit', (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      offline.textContent = 'There is no connection. Nothing is lost: leave this page open, and send it when the connection is back.';
      offline.hidden = false;
      return;
    }
    offline.hidden = true;
    if (filled() === shown) { return; }
    // Sent before the consequences could be read: they are asked for first, so that most people read them here and send once.
    event.preventDefault();
    event.stopImmediatePropagation();
    void refresh().then(refresh).then(() => {
      shown = filled();
      form.submit();
    });
  }, { capture: true });
  window.addEventListener('online', () => { if (!offline.hidden) { offline.textContent = 'The connection is back. You can send the form now.'; } });
  if (form.dataset.cmeRecord === 'keep') { void keepTyping(form, form.dataset.key!); }
}

/** Takes the button away when its time is over; the server checks the time by its own clock. */
function offerFor(form: HTMLFormElement, milliseconds: number): void {
  setTimeout(() => {
    // Whoever is on the button keeps it until they leave: what has the focus must not vanish.
    const leave = (): void => form.remove();
    if (form.contains(document.activeElement)) { form.addEventListener('focusout', leave, { once: true }); } else { leave(); }
  }, milliseconds);
}
