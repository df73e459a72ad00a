/**
 * Finds the accounts of the demo tenant as its directory knows them at a moment: there is no delay here. It knows those
 * that a log can still name.
 */
import { accountInTheWayOf, accountMadeBy, type DemoAccount } from './accounts.ts';
import { US_PER_MS } from './attempt.ts';
import { bucketOf } from './generator.ts';
import { RETENTION_MS } from './log-list.ts';
import { AFTERMATH_REACH_US } from './logs/aftermath.ts';
import type { Timeline } from './timeline.ts';

/** The oldest account that a log can name was made this long before the oldest entry. A day is to spare. */
const MEMORY_US = (RETENTION_MS + 86_400_000) * US_PER_MS + AFTERMATH_REACH_US;

export class Directory {
  readonly #timeline: Timeline;
  readonly #accounts = new Map<string, DemoAccount>();
  #nextBucket = Number.NEGATIVE_INFINITY;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  find(userId: string, nowMs: number): DemoAccount | null {
    this.#readUpTo(nowMs);
    const account = this.#accounts.get(userId.toLowerCase());
    return account && account.createdUs <= nowMs * US_PER_MS ? account : null;
  }

  /**
   * Everybody. Those of a story come first, the newest of them at the top: whoever is in the same story again had an
   * account that is gone by now. Then the others, oldest account first.
   */
  *all(nowMs: number): Generator<DemoAccount> {
    this.#readUpTo(nowMs);
    const accounts = [...this.#accounts.values()].sort(
      (a, b) => Number(b.isOfStory) - Number(a.isOfStory) || (a.isOfStory ? -1 : 1) * (a.createdUs - b.createdUs),
    );
    for (const account of accounts) if (account.createdUs <= nowMs * US_PER_MS) yield account;
  }

  #readUpTo(nowMs: number): void {
    const nowUs = nowMs * US_PER_MS;
    const last = bucketOf(nowUs);
    const first = bucketOf(nowUs - MEMORY_US);
    for (this.#nextBucket = Math.max(this.#nextBucket, first); this.#nextBucket <= last; this.#nextBucket++) {
      for (const attempt of this.#timeline.attemptsOf(this.#nextBucket)) {
        const account = accountMadeBy(attempt) ?? accountInTheWayOf(attempt);
        if (account) this.#accounts.set(account.userId, account);
      }
    }
  }
}
