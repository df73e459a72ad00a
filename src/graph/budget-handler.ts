/**
 * Second in the chain: waits for the request's turn, and holds every request of the program when Graph asks to wait. It
 * must not repeat a request: whoever made it decides that.
 */
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { Clock } from '../clock.ts';
import type { RequestBudget } from './budget.ts';
import { exchangeOf } from './exchange.ts';
import { linkedSignal } from './linked-signal.ts';
import { backoffMs } from './retry.ts';

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
    const queueing = linkedSignal(signal, queueSignal);
    const started = await this.#budget.start(priority, queueing.signal);
    queueing.release();
    if (!started) {
      exchange.outcome = { kind: 'cancelled' };
      return;
    }
    await this.#next?.execute(context);
    const { outcome } = exchange;
    if (outcome.kind === 'throttled') {
      this.#throttledInARow++;
      const waitMs = outcome.retryAfterMs ?? backoffMs(this.#throttledInARow, this.#random);
      const untilMs = this.#clock.now() + waitMs;
      this.#budget.holdUntil(untilMs);
      exchange.outcome = { ...outcome, untilMs };
    } else if (outcome.kind === 'unavailable' && outcome.retryAfterMs !== null) {
      this.#budget.holdUntil(this.#clock.now() + outcome.retryAfterMs);
    } else if (outcome.kind === 'ok') {
      this.#throttledInARow = 0;
    }
  }
}
