// Which rows a board shows, and in what order: pure, so that node can test it. Nothing here knows the page.

/** A row as the board arranges it. What it says is the server's HTML, kept by whoever shows it. */
export interface Row {
  readonly reference: string;
  /** Sorts as text: the server decides what comes first. */
  readonly order: string;
  /** The sequencer's number under which the row last changed. */
  readonly number: number;
}

/** What the server says has changed on this page of the board: or, if `whole`, everything on it. */
export interface Batch {
  readonly whole: boolean;
  readonly rows: readonly Row[];
  /** References that left the page: their episodes closed, went elsewhere, or belong to another page now. */
  readonly removed: readonly string[];
  /** How many rows the page now has. */
  readonly size: number;
}

export interface Board {
  /** As they stand on the page, from the top. */
  readonly rows: readonly Row[];
  /** New rows that wait to be asked for, since someone is reading or pointing at the table. */
  readonly waiting: readonly Row[];
  /** References still on the page, greyed, that have left the board. */
  readonly leaving: ReadonlySet<string>;
  /** How many rows the page has by the server's count. */
  readonly size: number;
}

export const boardOf = (rows: readonly Row[], size = rows.length): Board => ({ rows, waiting: [], leaving: new Set(), size });

/**
 * Takes a batch. Rows on the page are updated where they stand. Rows that are new, gone or out of order are settled at
 * once if nobody holds the table, and otherwise wait: nothing may move under a pointer or the keyboard focus.
 */
export function take(board: Board, batch: Batch, held: boolean): Board {
  const arrived = new Map(batch.rows.map((row) => [row.reference, row]));
  const newest = (row: Row): Row => {
    const other = arrived.get(row.reference);
    return other && other.number >= row.number ? other : row;
  };
  const gone = new Set(batch.removed);
  const isGone = (row: Row): boolean => gone.has(row.reference) || (batch.whole && !arrived.has(row.reference));

  const known = new Set([...board.rows, ...board.waiting].map((row) => row.reference));
  const fresh = batch.rows.filter((row) => !known.has(row.reference) && !gone.has(row.reference));

  const next: Board = {
    rows: board.rows.map(newest),
    waiting: [...board.waiting.filter((row) => !isGone(row)).map(newest), ...fresh],
    leaving: new Set(board.rows
      .filter((row) => isGone(row) || (board.leaving.has(row.reference) && !arrived.has(row.reference)))
      .map((row) => row.reference)),
    size: batch.size,
  };
  // Once rows wait, they wait until they are asked for: a button that comes and goes with the pointer cannot be pressed.
  return held || waits(board) ? next : show(next);
}

/** Everything that waits comes in, what has left goes out, all stand in order, and what was pushed off the page's end goes. */
export function show(board: Board): Board {
  const stay = board.rows.filter((row) => !board.leaving.has(row.reference));
  const rows = [...stay, ...board.waiting].sort((one, other) => (one.order < other.order ? -1 : one.order > other.order ? 1 : 0));
  return boardOf(rows.slice(0, board.size), board.size);
}

/** True if rows of this page are missing: those of the next page have moved up, and the page must be read again. */
export const lacks = (board: Board): boolean => board.rows.length - board.leaving.size + board.waiting.length < board.size;

export const waits = (board: Board): boolean => board.waiting.length > 0 || board.leaving.size > 0;

/** The words on the button, such as "Show 3 new and remove 1"; empty if nothing waits. */
export function offer(board: Board): string {
  const come = board.waiting.length > 0 ? `show ${board.waiting.length} new` : '';
  const go = board.leaving.size > 0 ? `remove ${board.leaving.size} that ${board.leaving.size === 1 ? 'has' : 'have'} left` : '';
  const words = [come, go].filter(Boolean).join(' and ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
