/**
 * The request budget that all processes of a user keep together: Graph counts their requests as one. It is a small file, changed
 * under a lock. Without it (no folder, no permission, a file that is not ours) each process counts for itself.
 */
import { changeSharedFile } from '../files/shared-file.ts';
import { emptyLedger, type Ledger } from './budget-window.ts';
import { member } from './json-member.ts';
import { type LedgerStore, memoryLedger } from './ledger-store.ts';

/** Longer than a lock is respected whose holder stands still. */
const LOCK_WAIT_MS = 7_000;

export type LedgerTrouble = 'refused' | 'locked' | 'out of reach';

/** `onTrouble` hears, once, why this process counts for itself from now on. */
export function sharedLedger(path: string, onTrouble: (trouble: LedgerTrouble) => void): LedgerStore {
  let alone: LedgerStore | null = null;
  let lastKnown = emptyLedger;
  let queue: Promise<unknown> = Promise.resolve();

  async function change<T>(edit: (before: Ledger) => readonly [Ledger, T]): Promise<T> {
    if (alone !== null) return alone.change(edit);
    const made: { result: { readonly value: T } | null } = { result: null };
    const outcome = await changeSharedFile(
      path,
      (text) => {
        const [after, value] = edit(text === null ? emptyLedger : ledgerIn(text));
        made.result = { value };
        lastKnown = after;
        return JSON.stringify(after);
      },
      { waitMs: LOCK_WAIT_MS },
    );
    const isDone = outcome.kind === 'changed' || outcome.kind === 'unchanged';
    if (isDone && made.result !== null) return made.result.value;
    onTrouble(outcome.kind === 'refused' ? 'refused' : outcome.kind === 'busy' ? 'locked' : 'out of reach');
    alone = memoryLedger(lastKnown);
    return alone.change(edit);
  }

  return {
    isShared: true,
    change: (edit) => {
      const done = queue.then(() => change(edit));
      queue = done;
      return done;
    },
  };
}

/** A ledger that cannot be understood is an empty one: at worst, some requests too many. */
function ledgerIn(text: string): Ledger {
  const value = parsed(text);
  const starts = listIn(value, 'starts').filter(
    (start): start is Ledger['starts'][number] => hasTexts(start, ['id', 'owner']) && hasNumbers(start, ['atMs']),
  );
  const waiting = listIn(value, 'waiting').filter(
    (sign): sign is Ledger['waiting'][number] =>
      hasTexts(sign, ['id', 'owner']) && hasNumbers(sign, ['sinceMs', 'seenMs']),
  );
  const hold = member(value, 'hold');
  return { starts, waiting, hold: isHold(hold) ? hold : null };
}

function isHold(value: unknown): value is NonNullable<Ledger['hold']> {
  return hasNumbers(value, ['sinceMs', 'untilMs']);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A file that was cut off, or changed by hand.
    return null;
  }
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = member(value, name);
  return Array.isArray(list) ? list : [];
}

function hasTexts(value: unknown, names: readonly string[]): boolean {
  return names.every((name) => typeof member(value, name) === 'string');
}

function hasNumbers(value: unknown, names: readonly string[]): boolean {
  return names.every((name) => typeof member(value, name) === 'number');
}
