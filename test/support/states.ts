/** States of the store for tests: signed in, with a terminal of a given size. */

import { later, momentAt } from '../../src/facts/moment.ts';
import type { ReadingFact } from '../../src/facts/reading.ts';
import type { Filter } from '../../src/filter/filter.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import type { Action } from '../../src/store/action.ts';
import { areComplete } from '../../src/store/followers.ts';
import { keyTable } from '../../src/store/keys.ts';
import { EventLog } from '../../src/store/log/event-log.ts';
import { buildMatches } from '../../src/store/log/matches.ts';
import { reduce } from '../../src/store/reducer.ts';
import { selectFeedRequest } from '../../src/store/select-feed-request.ts';
import { initialState, type Settings, type State } from '../../src/store/state.ts';
import { firstView } from '../../src/store/table-view.ts';
import { NOON_MS } from './events.ts';

/** Packs nothing: what goes in comes out. */
const packer = {
  pack: (text: string) => new TextEncoder().encode(text),
  unpack: (packed: Uint8Array) => new TextDecoder().decode(packed),
};

export interface StateParts {
  readonly columns?: number;
  readonly rows?: number;
  readonly settings?: Partial<Settings>;
  readonly maxEvents?: number;
  readonly filter?: Filter;
}

const settings: Settings = {
  tenant: 'Contoso Customers',
  demo: false,
  method: 'device-code',
  canOpenBrowser: false,
  noClipboard: null,
  pageSize: 1000,
  pollIntervalMs: 15_000,
  maxEvents: 1_000_000,
  timeZone: 'UTC',
  ascii: false,
  presets: [],
  keys: keyTable,
  columns: null,
  firstRange: '24h',
  measure: { paneLines: () => 40, helpLines: () => 80, textLines: () => 80, personLines: () => 80 },
};

export function freshState(parts: StateParts = {}): State {
  const log = new EventLog({ maxEvents: parts.maxEvents ?? 1_000_000, packer });
  const filter = parts.filter ?? { terms: [], since: { text: '24h', atMs: NOON_MS - 86_400_000 }, until: null };
  return initialState({
    settings: { ...settings, ...parts.settings },
    now: { logMs: NOON_MS, moment: momentAt(NOON_MS) },
    size: { columns: parts.columns ?? 120, rows: parts.rows ?? 14 },
    filter,
    view: firstView(parts.settings?.columns ?? null),
    clock: 'zone',
    unit: 'events',
    log,
    matches: buildMatches(log, filter),
  });
}

const account = { username: 'admin@contosocustomers.onmicrosoft.com', tenantId: 't', homeAccountId: 'h' };

export function signedInState(parts: StateParts = {}): State {
  return reduced(freshState(parts), { type: 'account.looked', account, problem: null });
}

export function reduced(state: State, ...actions: readonly Action[]): State {
  return actions.reduce(
    (current, action) => reduce(current, action, { logMs: current.nowMs, moment: current.moment }),
    state,
  );
}

/** Presses keys, named as the key table names them, separated by spaces. */
export function pressed(state: State, keys: string): State {
  return reduced(state, ...keys.split(' ').map((key): Action => ({ type: 'key.pressed', key })));
}

/** Tells the fact as the feed that is wanted now would. */
export function told(state: State, fact: ReadingFact): State {
  return reduced(state, { type: 'feed.told', requestKey: selectFeedRequest(state)?.key ?? '', fact });
}

export function withEvents(state: State, events: readonly LogEvent[]): State {
  return told(state, {
    type: 'page.received',
    settledBelowMs: 0,
    purpose: 'poll',
    events,
    unreadable: [],
    covered: null,
  });
}

/** The state after `action`, as much later as it says. */
export function reducedAfter(state: State, ms: number, action: Action): State {
  return reduce(state, action, { logMs: state.nowMs + ms, moment: later(state.moment, ms) });
}

/** The state when everything that follows the log has looked at all of it. */
export function settled(state: State): State {
  let now = state;
  while (!areComplete(now)) now = reducedAfter(now, 0, { type: 'matches.continued' });
  return now;
}
