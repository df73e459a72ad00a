/** The store: the state, and the one way to change it. */
import { createStore as createVanillaStore } from 'zustand/vanilla';
import type { Now } from '../facts/moment.ts';
import type { Action } from './action.ts';
import { reduce } from './reducer.ts';
import type { State } from './state.ts';

export interface Store {
  getState(): State;
  dispatch(action: Action): void;
  /** Calls `listener` after every change; gives back how to stop it. */
  subscribe(listener: (state: State, before: State) => void): () => void;
}

export function createStore(initial: State, now: () => Now): Store {
  const store = createVanillaStore<State>(() => initial);
  return {
    getState: store.getState,
    dispatch: (action) => store.setState(reduce(store.getState(), action, now()), true),
    subscribe: store.subscribe,
  };
}
