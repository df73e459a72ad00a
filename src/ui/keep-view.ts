/** Keeps the view for the next start: an effect that follows the state, a moment after the last change. */
import type { Clock } from '../clock.ts';
import { partsToKeep, type SavedView, savedViewOf, type ViewParts } from '../store/saved-view.ts';
import type { Store } from '../store/store.ts';

/** Gives why it could not be saved, in a sentence, or null. */
export type SaveView = (view: SavedView) => Promise<string | null>;

/** A filter that is being stepped through is not written at each step. */
const SETTLES_MS = 1_000;

/** Begins to follow; what it gives ends that, and resolves when the last change has been saved. */
export function keepView(
  store: Pick<Store, 'getState' | 'subscribe' | 'dispatch'>,
  save: SaveView,
  clock: Clock,
): () => Promise<void> {
  const ending = new AbortController();
  let seen = partsToKeep(store.getState());
  let kept = seen && JSON.stringify(savedViewOf(seen));
  let working = Promise.resolve();
  let isSettling = false;

  async function saveChange(): Promise<void> {
    const parts = partsToKeep(store.getState());
    if (parts === null) return;
    const view = savedViewOf(parts);
    const text = JSON.stringify(view);
    if (text === kept) return;
    const refusal = await save(view).catch(String);
    // What could not be saved is tried again with the next change, and at the end.
    if (refusal === null) kept = text;
    else store.dispatch({ type: 'saving.troubled', reason: refusal });
  }

  const work = () => {
    working = working.then(saveChange);
    return working;
  };

  async function settle(): Promise<void> {
    isSettling = true;
    await clock.wait(SETTLES_MS, ending.signal);
    isSettling = false;
    if (!ending.signal.aborted) await work();
  }

  const unsubscribe = store.subscribe((state) => {
    const parts = partsToKeep(state);
    if (isSame(parts, seen)) return;
    seen = parts;
    if (!isSettling) void settle();
  });
  return () => {
    unsubscribe();
    ending.abort();
    return work();
  };
}

function isSame(a: ViewParts | null, b: ViewParts | null): boolean {
  if (a === null || b === null) return a === b;
  return a.filter === b.filter && a.view === b.view && a.clock === b.clock && a.unit === b.unit;
}
