/** When Graph can be asked next, judged by the requests that were made: for telling it, not for keeping to it. */
import type { Clock } from '../clock.ts';
import { later, type Moment, msBetween } from '../facts/moment.ts';
import type { RequestFact } from '../facts/requesting.ts';
import { BUDGET_STARTS, BUDGET_WINDOW_MS } from '../graph/budget-window.ts';

export interface RequestPace {
  /** Takes every request that starts and ends. */
  observe(fact: RequestFact): void;
  /** When a request that somebody waits for can start; null while an answer is awaited. */
  nextRequest(): Moment | null;
}

export function requestPace(clock: Pick<Clock, 'moment'>): RequestPace {
  let starts: readonly Moment[] = [];
  const open = new Set<number>();
  return {
    observe: (fact) => {
      if (fact.type === 'request.finished') return void open.delete(fact.id);
      open.add(fact.id);
      starts = [...starts, fact.at].slice(-BUDGET_STARTS);
    },
    nextRequest: () => {
      if (open.size > 0) return null;
      const now = clock.moment();
      const recent = starts.filter((at) => msBetween(at, now) < BUDGET_WINDOW_MS);
      const [oldest] = recent;
      return oldest === undefined || recent.length < BUDGET_STARTS ? now : later(oldest, BUDGET_WINDOW_MS);
    },
  };
}
