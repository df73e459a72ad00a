/**
 * Second in the chain: waits for the request's turn, and holds every request of the program when Graph asks to wait. It
 * must not repeat a request: whoever made it decides that.
 */
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { Clock } from '../clock.ts';
import { later } from '../facts/moment.ts';
import type { RequestBudget } from './budget.ts';
import { exchangeOf } from './exchange.ts';
import { linkedSignal } from './linked-signal.ts';
import type { GraphOutcome } from './outcome.ts';
import { backoffMs } from './retry.ts';

/** Who waits longer for Graph, because it told another request or another process so, is told. */
const LONGEST_SILENT_WAIT_MS = 60_000;

export class BudgetHandler implements Middleware {
  readonly #budget: RequestBudget;
  readonly #clock: Clock;
  readonly #random: () => number;
  #next: Middleware | null = null;
  #throttledInARow = 0;

  constructor(budget: RequestBudget, clock: Clock, random: () => number) {
    this.#budget = budget;
    this.#clock = clock;
    this.#random = random;
  }

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    const { priority, signal, queueSignal } = exchange.call;
    const heldMs = await this.#budget.heldMs();
    if (heldMs > LONGEST_SILENT_WAIT_MS) {
      exchange.outcome = this.#held(heldMs);
      return;
    }
    const queueing = linkedSignal(signal, queueSignal);
    const ticket = await this.#budget.start(priority, queueing.signal);
    queueing.release();
    if (ticket === null) {
      exchange.outcome = { kind: 'cancelled' };
      return;
    }
    exchange.onSent = ticket.sent;
    try {
      await this.#next?.execute(context);
    } finally {
      ticket.dropped();
    }
    const { outcome } = exchange;
    if (outcome.kind === 'throttled') {
      this.#throttledInARow++;
      const waitMs = outcome.retryAfterMs ?? backoffMs(this.#throttledInARow, this.#random);
      const until = later(this.#clock.moment(), waitMs);
      this.#budget.holdUntil(until);
      exchange.outcome = { ...outcome, until };
    } else if (outcome.kind === 'unavailable' && outcome.retryAfterMs !== null) {
      this.#budget.holdUntil(later(this.#clock.moment(), outcome.retryAfterMs));
    } else if (outcome.kind === 'ok') {
      this.#throttledInARow = 0;
    }
  }

  /** As if Graph had been asked again, and had answered the same. */
  #held(heldMs: number): GraphOutcome {
    const error = { status: 429, code: '', message: '', requestId: null };
    return { kind: 'throttled', retryAfterMs: heldMs, until: later(this.#clock.moment(), heldMs), error };
  }
}
