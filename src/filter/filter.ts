/** What the user wants to see, as data. Text, stepper, Graph's `$filter` and the local predicate are views of this. */

import type { AttributeName } from '../signup/event.ts';

export type FieldName =
  | 'outcome'
  | 'stage'
  | 'provider'
  | 'account'
  | 'app'
  | 'appid'
  | 'user'
  | 'userid'
  | 'error'
  | 'correlation'
  | 'id'
  | 'extension'
  | 'flow'
  | 'lost'
  | 'ended'
  | 'ip'
  | 'target'
  | 'result'
  | AttributeName;

/** The applications of user flows: all that there are, or these, by GUID in lower case. */
export type FlowApps = 'all' | readonly string[];

export interface MatchValue {
  readonly text: string;
  /** `prefix` is written with a `*` at the end. */
  readonly match: 'exact' | 'prefix';
  /** In `flow:` only: what the value means, once the flows of the tenant are known. Not a part of what was written. */
  readonly apps?: FlowApps;
}

/** `field:a,b` holds when any value matches; `-field:a,b` when none does. */
export interface FieldTerm {
  readonly kind: 'field';
  readonly field: FieldName;
  readonly values: readonly MatchValue[];
  readonly negated: boolean;
}

/** A word without a field: searched, ignoring case, in everything that is shown for the event. */
export interface TextTerm {
  readonly kind: 'text';
  readonly text: string;
  readonly negated: boolean;
}

export type Term = FieldTerm | TextTerm;

/** A point in time as it was written (`24h`, `yesterday 14:00`) and what it meant when it was read. */
export interface TimePoint {
  readonly text: string;
  readonly atMs: number;
}

/** All terms must hold, and the event's time must lie in the range, from `since` up to but not including `until`. */
export interface Filter {
  readonly terms: readonly Term[];
  readonly since: TimePoint | null;
  readonly until: TimePoint | null;
}

export const emptyFilter: Filter = { terms: [], since: null, until: null };
