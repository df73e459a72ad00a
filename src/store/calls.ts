/** The calls to Graph that the program made: the request log on the screen, and what the budget meter counts. */
import { logMsAt, type Moment, type Now } from '../facts/moment.ts';
import type { RequestFact } from '../facts/requesting.ts';
import { type CallForm, callAs } from './graph-call.ts';
import { copied, noticed } from './notice.ts';
import type { State } from './state.ts';

export interface Call {
  /** Counts up from 1. */
  readonly id: number;
  readonly at: Moment;
  /** The same by the log's clock, for showing it. */
  readonly atMs: number;
  readonly method: string;
  readonly url: string;
  /** Null while it is under way. */
  readonly answer: {
    readonly tookMs: number;
    /** HTTP status; null when no answer came. */
    readonly status: number | null;
    readonly requestId: string | null;
    readonly rows: number | null;
  } | null;
}

const CALLS_KEPT = 200;

export function withRequest(calls: readonly Call[], fact: RequestFact, now: Now): readonly Call[] {
  if (fact.type === 'request.started') {
    const { id, at, method, url } = fact;
    return [...calls.slice(1 - CALLS_KEPT), { id, at, atMs: logMsAt(now, at), method, url, answer: null }];
  }
  const { id, tookMs, status, requestId, rows } = fact;
  return calls.map((call) => (call.id === id ? { ...call, answer: { tookMs, status, requestId, rows } } : call));
}

export function callsOpen(state: State): State {
  const newest = state.calls.at(-1);
  if (!newest) return noticed(state, 'Graph has not been asked for anything yet.');
  return { ...state, overlay: { kind: 'requests', id: newest.id } };
}

export function callsClose(state: State): State {
  return { ...state, overlay: null };
}

/** To an earlier call (positive) or a later one (negative): the newest stands at the top. */
export function callsMove(by: number): (state: State) => State {
  return (state) => {
    const { overlay, calls } = state;
    if (overlay?.kind !== 'requests') return state;
    const at = calls.findIndex(({ id }) => id === overlay.id);
    const call = calls[Math.max(0, Math.min(calls.length - 1, at - by))];
    return call ? { ...state, overlay: { kind: 'requests', id: call.id } } : state;
  };
}

/** Copies the call under the cursor as another tool makes it; it never holds a token. */
export function callsCopy(form: CallForm): (state: State) => State {
  return (state) => {
    const { overlay, calls } = state;
    const call = overlay?.kind === 'requests' ? calls.find(({ id }) => id === overlay.id) : undefined;
    return call ? copied(state, callAs(form, call.url), form === 'url' ? 'address' : `call for ${form}`) : state;
  };
}
