/**
 * Notices when page after page brings nothing new: a server can keep giving new links to the same rows, or to none, and would be
 * followed forever. Also keeps problems with the same rows from being told again with every poll.
 */
import type { Page } from './pages.ts';
import type { Turn, WindowRead } from './window-read.ts';

/** Pages in a row without a row that was not on the pages before; empty pages happen, but not so many. */
const MOST_STALE_PAGES = 10;
/** Rows that are remembered of the pages before. */
const MOST_ROWS = 20_000;
/** Different problems that are remembered. */
const MOST_TOLD = 1000;

export class PageProgress {
  readonly #readings = new Map<Turn, { readonly rows: Set<string>; stalePages: number }>();
  readonly #told = new Set<string>();

  /** Takes a page that `window` asked for; gives what is wrong, or null. */
  take({ turn, nextUrl }: WindowRead, page: Page): string | null {
    const known = nextUrl === null ? undefined : this.#readings.get(turn);
    const reading = known ?? { rows: new Set<string>(), stalePages: 0 };
    const isStale = page.events.every(({ id }) => reading.rows.has(id)) && page.unreadable.length === 0;
    reading.stalePages = isStale ? reading.stalePages + 1 : 0;
    if (reading.rows.size > MOST_ROWS) reading.rows.clear();
    for (const { id } of page.events) reading.rows.add(id);
    if (page.nextUrl === null) this.#readings.delete(turn);
    else this.#readings.set(turn, reading);
    if (page.nextUrl === null || reading.stalePages < MOST_STALE_PAGES) return null;
    this.#readings.delete(turn);
    return `${MOST_STALE_PAGES} pages in a row had no new row, and there was always a link to another`;
  }

  /** The problems that were not told before. */
  notToldBefore(reasons: readonly string[]): readonly string[] {
    const fresh = reasons.filter((reason) => !this.#told.has(reason));
    if (this.#told.size > MOST_TOLD) this.#told.clear();
    for (const reason of fresh) this.#told.add(reason);
    return fresh;
  }
}
