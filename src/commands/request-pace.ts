/** When Graph can be asked next, judged by the requests that were made: for telling it, not for keeping to it. */
import type { RequestFact } from '../facts/requesting.ts';
import { budgetAt, earliestStartMs, emptyBudgetWindow, withStart } from '../graph/budget-window.ts';

export interface RequestPace {
  /** Takes every request that starts and ends. */
  observe(fact: RequestFact): void;
  /** When a request that somebody waits for can start, at `nowMs`; null while an answer is awaited. */
  nextRequestMs(nowMs: number): number | null;
}

export function requestPace(): RequestPace {
  let window = emptyBudgetWindow;
  const open = new Set<number>();
  return {
    observe: (fact) => {
      if (fact.type === 'request.finished') return void open.delete(fact.id);
      open.add(fact.id);
      window = withStart(budgetAt(window, fact.atMs));
    },
    nextRequestMs: (nowMs) => {
      window = budgetAt(window, nowMs);
      return open.size > 0 ? null : earliestStartMs(window, 'user');
    },
  };
}
