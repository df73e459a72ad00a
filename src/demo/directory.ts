/** Finds the accounts of the demo tenant as its directory knows them at a moment: there is no delay here. */
import { accountInTheWayOf, accountMadeBy, type DemoAccount } from './accounts.ts';
import { US_PER_MS } from './attempt.ts';
import { bucketOf, HISTORY_MS } from './generator.ts';
import type { Timeline } from './timeline.ts';

export class Directory {
  readonly #timeline: Timeline;
  readonly #accounts = new Map<string, DemoAccount>();
  #nextBucket: number;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    this.#nextBucket = bucketOf(timeline.settings, (timeline.settings.anchorMs - HISTORY_MS) * US_PER_MS);
  }

  find(userId: string, nowMs: number): DemoAccount | null {
    this.#readUpTo(nowMs);
    const account = this.#accounts.get(userId.toLowerCase());
    return account && account.createdUs <= nowMs * US_PER_MS ? account : null;
  }

  /** Everybody, those of a story first, then the oldest account. */
  *all(nowMs: number): Generator<DemoAccount> {
    this.#readUpTo(nowMs);
    const accounts = [...this.#accounts.values()].sort(
      (a, b) => Number(b.isOfStory) - Number(a.isOfStory) || a.createdUs - b.createdUs,
    );
    for (const account of accounts) if (account.createdUs <= nowMs * US_PER_MS) yield account;
  }

  #readUpTo(nowMs: number): void {
    const last = bucketOf(this.#timeline.settings, nowMs * US_PER_MS);
    for (; this.#nextBucket <= last; this.#nextBucket++) {
      for (const attempt of this.#timeline.attemptsOf(this.#nextBucket)) {
        const account = accountMadeBy(attempt) ?? accountInTheWayOf(attempt);
        if (account) this.#accounts.set(account.userId, account);
      }
    }
  }
}
