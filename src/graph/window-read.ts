/**
 * One stretch of the log on its way to being read, newest first, page by page. Pure. A page proves that everything from
 * its oldest row up to where the one before ended was read; a server that does not sort newest first is believed only at
 * the end of the stretch. One that ignores the range goes on below it: there the stretch ends all the same. Long stretches can
 * be asked for in slices.
 */
import type { Moment } from '../facts/moment.ts';
import type { Span } from '../facts/reading.ts';
import type { Priority } from './budget-window.ts';
import type { Page } from './pages.ts';

/**
 * Why a stretch is read. `catchUp` is a hole left in what should have been read already; `recent` and `reread` look for late rows, in
 * the last minutes and in the rest of the hour.
 */
export type Turn = 'poll' | 'catchUp' | 'recent' | 'reread' | 'backfill';

export interface Slice extends Span {
  /** When its first page was asked for. */
  readonly askedAt: Moment;
}

export interface WindowRead extends Span {
  readonly turn: Turn;
  readonly priority: Priority;
  /** Everything above this has been read; at first the upper end. */
  readonly reachedMs: number;
  /** The part that is being asked for; null between two. */
  readonly slice: Slice | null;
  readonly nextUrl: string | null;
  /** Pages that were followed in this slice: the same one twice is a circle. */
  readonly followed: ReadonlySet<string>;
  readonly newestFirst: boolean;
  /** The oldest row so far; null before the first page. */
  readonly lastRowMs: number | null;
  /** The rows of the last pages, by ID: rows that turn up meanwhile push some of them onto the next page. */
  readonly lastIds: readonly ReadonlySet<string>[];
  /** Requests in a row that failed at this place. */
  readonly failures: number;
  /** News ends here, and what is read below is read again. */
  readonly newsFromMs: number;
}

export function openWindow(span: Span, turn: Turn, priority: Priority, newsFromMs = span.fromMs): WindowRead {
  const { fromMs, toMs } = span;
  return {
    fromMs,
    toMs,
    turn,
    priority,
    newsFromMs,
    reachedMs: toMs,
    slice: null,
    nextUrl: null,
    followed: new Set(),
    newestFirst: true,
    lastRowMs: null,
    lastIds: [],
    failures: 0,
  };
}

/** Makes sure that there is a slice to ask for, at most `spanLimitMs` long. */
export function withSlice(window: WindowRead, spanLimitMs: number, moment: Moment): WindowRead & { slice: Slice } {
  if (window.slice !== null) return { ...window, slice: window.slice };
  const { fromMs, reachedMs } = window;
  const slice = { fromMs: Math.max(fromMs, reachedMs - spanLimitMs), toMs: reachedMs, askedAt: moment };
  return { ...window, slice, nextUrl: null, followed: new Set(), newestFirst: true, lastRowMs: null, lastIds: [] };
}

export type PageTaken =
  | { readonly kind: 'taken'; readonly window: WindowRead; readonly covered: Span | null; readonly done: boolean }
  /** The page points to a page that was read already. */
  | { readonly kind: 'circle' };

/**
 * Takes the page that was asked for last. `covered` is what is known to be read by it: nothing after `askedAtMs`, the
 * log's time when the slice was begun.
 */
export function takePage(window: WindowRead & { slice: Slice }, page: Page, askedAtMs: number): PageTaken {
  const { slice, reachedMs, followed } = window;
  const knownToMs = Math.min(reachedMs, askedAtMs);
  const times = page.events.map((event) => event.timeMs);
  const oldestMs = times.at(-1);
  const newestFirst = window.newestFirst && descends(times) && followsOn(window, page);
  const isBelow = newestFirst && oldestMs !== undefined && oldestMs < slice.fromMs;
  if (page.nextUrl === null || isBelow) {
    const covered = { fromMs: slice.fromMs, toMs: window.newestFirst ? knownToMs : Math.min(slice.toMs, askedAtMs) };
    const read: WindowRead = { ...window, reachedMs: slice.fromMs, slice: null, nextUrl: null, failures: 0 };
    return { kind: 'taken', window: read, covered: forwards(covered), done: slice.fromMs <= window.fromMs };
  }
  if (followed.has(page.nextUrl)) return { kind: 'circle' };
  const next: WindowRead = {
    ...window,
    nextUrl: page.nextUrl,
    followed: new Set([...followed, page.nextUrl]),
    newestFirst,
    lastRowMs: oldestMs === undefined ? window.lastRowMs : Math.min(oldestMs, window.lastRowMs ?? oldestMs),
    lastIds: [new Set(page.events.map(({ id }) => id)), ...window.lastIds].slice(0, PAGES_REMEMBERED),
  };
  if (!newestFirst || oldestMs === undefined) return { kind: 'taken', window: next, covered: null, done: false };
  const covered = forwards({ fromMs: Math.max(oldestMs, slice.fromMs), toMs: knownToMs });
  return {
    kind: 'taken',
    window: { ...next, reachedMs: Math.min(oldestMs, reachedMs), failures: 0 },
    covered,
    done: false,
  };
}

const PAGES_REMEMBERED = 2;

/** Whether the page goes on where the ones before ended, but for rows that were pushed down. */
function followsOn({ lastRowMs, lastIds }: WindowRead, { events }: Page): boolean {
  return events.every(({ id, timeMs }) => timeMs <= (lastRowMs ?? timeMs) || lastIds.some((ids) => ids.has(id)));
}

function forwards(span: Span): Span | null {
  return span.fromMs <= span.toMs ? span : null;
}

function descends(times: readonly number[]): boolean {
  return times.every((timeMs, index) => index === 0 || timeMs <= (times[index - 1] ?? timeMs));
}
