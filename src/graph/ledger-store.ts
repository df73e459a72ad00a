/** Where the request budget is written down: in memory, or wherever else processes can share it. */
import { emptyLedger, type Ledger } from './budget-window.ts';

export interface LedgerStore {
  /** Others may change it meanwhile. */
  readonly isShared: boolean;
  /** Replaces the ledger by what `edit` makes of it, and resolves with its result. One change at a time, in order. Never rejects. */
  change<T>(edit: (before: Ledger) => readonly [Ledger, T]): Promise<T>;
}

/** A ledger of this process alone. */
export function memoryLedger(first: Ledger = emptyLedger): LedgerStore {
  let ledger = first;
  return {
    isShared: false,
    change: async (edit) => {
      const [after, result] = edit(ledger);
      ledger = after;
      return result;
    },
  };
}
