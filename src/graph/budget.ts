/**
 * One queue for every request of the program: at most 4 starts in any 10 s, shared with the other processes of the user; what a
 * person asked for before what happens by itself; nothing while Graph asked to wait. It must not know what the requests are for.
 */
import type { Clock } from '../clock.ts';
import { type Moment, readingOf } from '../facts/moment.ts';
import {
  heldMsOf,
  type Ledger,
  ledgerAt,
  type Priority,
  WAITING_SIGN_MS,
  type Wish,
  waitMsOf,
  withHold,
  withoutStart,
  withoutWaiting,
  withSent,
  withStart,
  withWaiting,
} from './budget-window.ts';
import { type LedgerStore, memoryLedger } from './ledger-store.ts';

/** A request that may start. */
export interface Ticket {
  /** The request has left: it counts from now. Until then it counts as if it were about to. */
  sent(): void;
  /** The request has not left, and never will: it does not count. */
  dropped(): void;
}

export interface RequestBudget {
  /**
   * Resolves with a ticket when a request may start now (it then counts as started), or with null when `signal` was
   * aborted before its turn. Never rejects.
   */
  start(priority: Priority, signal: AbortSignal): Promise<Ticket | null>;
  /** Nothing starts before `until`. A hold is only ever lengthened. */
  holdUntil(until: Moment): void;
  /** How long nothing may start yet, in ms; 0 when Graph has not asked for that. */
  heldMs(): Promise<number>;
}

export interface BudgetOptions {
  readonly clock: Clock;
  /** A new UUID. */
  readonly newId: () => string;
  /** Where the starts are written down; in memory when not given. */
  readonly ledger?: LedgerStore;
  /** Most automatic requests of this process in 10 s; 3 when not given. A process without a person at it should leave more to others. */
  readonly automaticShare?: number;
}

const SCREEN_SHARE = 3;
/** A person who asked for something within this time will ask for more: late rows are looked for with less then. */
const PERSON_AT_WORK_MS = 60_000;

interface Waiter {
  readonly wish: Wish;
  readonly grant: (ticket: Ticket | null) => void;
}

export function createBudget(options: BudgetOptions): RequestBudget {
  const { clock, newId, ledger = memoryLedger(), automaticShare: share = SCREEN_SHARE } = options;
  const owner = newId();
  let waiters: readonly Waiter[] = [];
  let nextId = 0;
  let lastUserAtMs = Number.NEGATIVE_INFINITY;
  let serving = false;
  let sleep: AbortController | null = null;

  const nowMs = () => readingOf(clock.moment());
  const change = <T>(edit: (ledger: Ledger, nowMs: number) => readonly [Ledger, T]): Promise<T> =>
    ledger.change((before) => {
      const atMs = nowMs();
      return edit(ledgerAt(before, atMs), atMs);
    });
  const forget = (waiter: Waiter) => {
    waiters = waiters.filter((other) => other !== waiter);
  };
  const wake = () => {
    sleep?.abort();
    if (!serving) void serve();
  };

  /** Grants what may start now; sleeps until the next may. One at a time. */
  async function serve(): Promise<void> {
    serving = true;
    for (let next = first(waiters); next !== undefined; next = first(waiters)) {
      const { wish } = next;
      const waiting = new AbortController();
      sleep = waiting;
      const waitMs = await change((before, atMs) => {
        const ms = waitMsOf(before, wish, atMs);
        return ms > 0 ? [withWaiting(before, wish, atMs), ms] : [withStart(before, wish, atMs), 0];
      });
      if (waitMs > 0) {
        await clock.wait(ledger.isShared ? Math.min(waitMs, WAITING_SIGN_MS) : waitMs, waiting.signal);
      } else if (waiters.includes(next)) {
        forget(next);
        next.grant(ticketOf(wish.id));
      } else {
        // Given up while the ledger was being written: nothing was sent.
        await change((before) => [withoutStart(before, wish.id), null]);
      }
    }
    serving = false;
  }

  function ticketOf(id: string): Ticket {
    let isOver = false;
    const once = (edit: (ledger: Ledger, atMs: number) => Ledger) => () => {
      if (isOver) return;
      isOver = true;
      const atMs = nowMs();
      void change((before) => [edit(before, atMs), null]);
    };
    return {
      sent: once((before, atMs) => withSent(before, id, atMs)),
      dropped: once((before) => withoutStart(before, id)),
    };
  }

  return {
    start: (priority, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(null);
        const id = `${owner}-${++nextId}`;
        const giveUp = () => {
          forget(waiter);
          void change((before) => [withoutWaiting(before, id), null]);
          resolve(null);
          wake();
        };
        const sinceMs = nowMs();
        if (priority === 'user') lastUserAtMs = sinceMs;
        const isModest = priority === 'reread' && sinceMs - lastUserAtMs < PERSON_AT_WORK_MS;
        const waiter: Waiter = {
          wish: { id, owner, priority, share, sinceMs, isModest },
          grant: (ticket) => {
            signal.removeEventListener('abort', giveUp);
            resolve(ticket);
          },
        };
        signal.addEventListener('abort', giveUp, { once: true });
        waiters = [...waiters, waiter];
        wake();
      }),
    holdUntil: (until) => {
      void change((before, atMs) => [withHold(before, readingOf(until), atMs), null]);
    },
    heldMs: () => change((before, atMs) => [before, heldMsOf(before, atMs)]),
  };
}

const order: readonly Priority[] = ['user', 'poll', 'reread'];

function first(waiters: readonly Waiter[]): Waiter | undefined {
  return [...waiters].sort((a, b) => order.indexOf(a.wish.priority) - order.indexOf(b.wish.priority))[0];
}
