/**
 * The arithmetic of the request budget: how many requests may start within 10 seconds, and whose turn it is. Pure: it must not wait
 * or read a clock. Microsoft allows 5 requests in 10 s for the activity logs, per app and tenant; one is left for other tools
 * that share our client ID. https://learn.microsoft.com/graph/throttling-limits
 *
 * The ledger is plain data, because the processes of a user share one. Its times are readings of the elapsed clock in milliseconds,
 * which all processes of a computer have in common.
 */

export const BUDGET_STARTS = 4;
/** A quarter of a second longer than Graph's window: requests do not all take equally long to arrive. */
export const BUDGET_WINDOW_MS = 10_250;

/** `user`: somebody waits for it. `poll`: news, read automatically. `reread`: looking for late rows. */
export type Priority = 'user' | 'poll' | 'reread';

/** Most starts in the window, all processes together, at which a request of the priority may still start. */
const MOST_BEFORE: Readonly<Record<Priority, number>> = {
  user: BUDGET_STARTS - 1,
  // Leaves the last start of a window free, so that what a person asks for need not wait.
  poll: BUDGET_STARTS - 2,
  reread: BUDGET_STARTS - 2,
};
/** Automatic requests that waited this long go before a person's, so that a long download does not stop polling. */
const OVERDUE_MS = 20_000;
/** A request that was granted is sent within this time, or its process has ended. */
const LONGEST_UNSENT_MS = 70_000;
/** Whoever waits says so at least this often. */
export const WAITING_SIGN_MS = 2_000;
const WAITING_GONE_MS = 3 * WAITING_SIGN_MS;

export interface Start {
  readonly id: string;
  /** Which process. */
  readonly owner: string;
  readonly isAutomatic: boolean;
  /** When it was sent, or while it has not been: when it was granted. */
  readonly atMs: number;
  readonly isSent: boolean;
}

export interface Waiting {
  readonly id: string;
  readonly owner: string;
  readonly isAutomatic: boolean;
  readonly sinceMs: number;
  readonly seenMs: number;
}

export interface Ledger {
  readonly starts: readonly Start[];
  readonly waiting: readonly Waiting[];
  /** Nothing may start before `untilMs`, Graph said at `sinceMs`; null when it did not. */
  readonly hold: { readonly sinceMs: number; readonly untilMs: number } | null;
}

export const emptyLedger: Ledger = { starts: [], waiting: [], hold: null };

export interface Wish {
  readonly id: string;
  readonly owner: string;
  readonly priority: Priority;
  /** Most automatic starts of this process in a window. */
  readonly share: number;
  readonly sinceMs: number;
  /** Leaves one start more to others. */
  readonly isModest: boolean;
}

/** Forgets what has left the window, what belongs to processes that ended, and what the future holds (after a restart of the computer). */
export function ledgerAt(ledger: Ledger, nowMs: number): Ledger {
  const isPast = (atMs: number) => atMs <= nowMs;
  return {
    starts: ledger.starts.filter(
      ({ atMs, isSent }) => isPast(atMs) && nowMs - atMs < (isSent ? BUDGET_WINDOW_MS : LONGEST_UNSENT_MS),
    ),
    waiting: ledger.waiting.filter(({ seenMs }) => isPast(seenMs) && nowMs - seenMs < WAITING_GONE_MS),
    hold: ledger.hold !== null && isPast(ledger.hold.sinceMs) && ledger.hold.untilMs > nowMs ? ledger.hold : null,
  };
}

/**
 * How long the wish has to wait in a ledger that is up to date, given that nothing else starts; 0 when it may start now. While somebody else is to
 * go first, or a request is on its way out, that is not known: then it is worth asking again after `WAITING_SIGN_MS`.
 */
export function waitMsOf(ledger: Ledger, wish: Wish, nowMs: number): number {
  const heldMs = heldMsOf(ledger, nowMs);
  if (heldMs > 0) return heldMs;
  const others = ledger.waiting.filter(({ id }) => id !== wish.id);
  const isAutomatic = wish.priority !== 'user';
  const isOverdue = isAutomatic && nowMs - wish.sinceMs >= OVERDUE_MS;
  if (isAutomatic && !isOverdue && others.some((other) => !other.isAutomatic)) return WAITING_SIGN_MS;
  const waitsForOverdue = !isAutomatic && others.some((o) => o.isAutomatic && nowMs - o.sinceMs >= OVERDUE_MS);
  const most = isOverdue ? BUDGET_STARTS - 1 : MOST_BEFORE[wish.priority] - (waitsForOverdue || wish.isModest ? 1 : 0);
  const own = ledger.starts.filter((start) => start.isAutomatic && start.owner === wish.owner);
  return Math.max(untilFewerMs(ledger.starts, most, nowMs), isAutomatic ? untilFewerMs(own, wish.share - 1, nowMs) : 0);
}

/** How long nothing may start yet. */
export function heldMsOf({ hold }: Ledger, nowMs: number): number {
  return hold === null ? 0 : Math.max(0, hold.untilMs - nowMs);
}

/** Until at most `most` of the starts are left in the window. */
function untilFewerMs(starts: readonly Start[], most: number, nowMs: number): number {
  if (starts.length <= most) return 0;
  const leaving = starts
    .map(({ atMs, isSent }) => (isSent ? atMs + BUDGET_WINDOW_MS - nowMs : null))
    .sort((a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY));
  return Math.max(1, leaving[starts.length - most - 1] ?? WAITING_SIGN_MS);
}

export function withStart(ledger: Ledger, wish: Wish, nowMs: number): Ledger {
  const { id, owner, priority } = wish;
  const start = { id, owner, isAutomatic: priority !== 'user', atMs: nowMs, isSent: false };
  return { ...withoutWaiting(ledger, id), starts: [...ledger.starts, start] };
}

/** The request never left. */
export function withoutStart(ledger: Ledger, id: string): Ledger {
  return { ...ledger, starts: ledger.starts.filter((start) => start.id !== id) };
}

/** The request was sent at `nowMs`: from then on it counts. */
export function withSent(ledger: Ledger, id: string, nowMs: number): Ledger {
  const starts = ledger.starts.map((start) => (start.id === id ? { ...start, atMs: nowMs, isSent: true } : start));
  return { ...ledger, starts };
}

export function withWaiting(ledger: Ledger, { id, owner, priority, sinceMs }: Wish, nowMs: number): Ledger {
  const sign = { id, owner, isAutomatic: priority !== 'user', sinceMs, seenMs: nowMs };
  return { ...ledger, waiting: [...withoutWaiting(ledger, id).waiting, sign] };
}

export function withoutWaiting(ledger: Ledger, id: string): Ledger {
  return { ...ledger, waiting: ledger.waiting.filter((other) => other.id !== id) };
}

/** A hold is only ever lengthened. */
export function withHold(ledger: Ledger, untilMs: number, nowMs: number): Ledger {
  return ledger.hold !== null && ledger.hold.untilMs >= untilMs
    ? ledger
    : { ...ledger, hold: { sinceMs: nowMs, untilMs } };
}
