// The rows of the table on the page, and the server's HTML for those that have changed.
import { type Batch, type Board, type Row } from './arrange';
import { morph } from './morph';

/** What `/boards/rows` answers: rows as HTML, and the parts of the page that count them. */
export interface Answer {
  readonly epoch: string;
  readonly number: number;
  readonly batch: Batch;
  readonly html: ReadonlyMap<string, HTMLTableRowElement>;
  readonly parts: readonly HTMLElement[];
}

export function answerOf(text: string): Answer {
  const root = new DOMParser().parseFromString(text, 'text/html').querySelector<HTMLElement>('[data-answer]');
  if (!root) { throw new Error('The answer holds no rows: somebody may have been signed out.'); }
  const rows = [...root.querySelectorAll<HTMLTableRowElement>('tr[data-reference]')];
  return {
    epoch: root.dataset.epoch ?? '',
    number: Number(root.dataset.number),
    batch: {
      whole: root.dataset.answer === 'whole',
      rows: rows.map(rowOf),
      removed: (root.dataset.removed ?? '').split(' ').filter(Boolean),
      size: Number(root.dataset.size),
    },
    html: new Map(rows.map((row) => [row.dataset.reference ?? '', row])),
    parts: [...root.querySelectorAll<HTMLElement>('[data-part]')],
  };
}

export const rowOf = (element: HTMLTableRowElement): Row => ({
  reference: element.dataset.reference ?? '',
  order: element.dataset.order ?? '',
  number: Number(element.dataset.number),
});

/** The table's body, and the elements of rows that wait to be shown. */
export class RowElements {
  private readonly elements = new Map<string, HTMLTableRowElement>();

  constructor(private readonly body: HTMLTableSectionElement) {
    for (const element of body.rows) { this.elements.set(element.dataset.reference ?? '', element); }
  }

  rows(): Row[] { return [...this.body.rows].map(rowOf); }

  /** Takes the newest HTML of each row; what stands on the page is changed as little as possible, so that nothing loses focus. */
  update(html: ReadonlyMap<string, HTMLTableRowElement>): void {
    for (const [reference, fresh] of html) {
      const element = this.elements.get(reference);
      if (element) { patch(element, fresh); } else { this.elements.set(reference, document.importNode(fresh, true)); }
    }
  }

  /** Makes the table show the board: its rows in its order, those that have left in grey. */
  show(board: Board): void {
    const kept = new Set([...board.rows, ...board.waiting].map((row) => row.reference));
    for (const [reference, element] of this.elements) {
      if (kept.has(reference)) { continue; }
      element.remove();
      this.elements.delete(reference);
    }
    let place = this.body.firstElementChild;
    for (const { reference } of board.rows) {
      const element = this.elements.get(reference);
      if (!element) { continue; }
      if (element === place) { place = place.nextElementSibling; } else { this.body.insertBefore(element, place); }
      element.classList.toggle('cme-row--leaving', board.leaving.has(reference));
    }
  }
}

function patch(old: HTMLTableRowElement, fresh: HTMLTableRowElement): void {
  const changed = Number(fresh.dataset.number) > Number(old.dataset.number);
  const marked = old.classList.contains('cme-row--changed');
  morph(old, fresh);
  old.classList.toggle('cme-row--changed', changed || marked);
}
