/**
 * What is counted of the log besides the rows of the table, while somebody looks at it: the hits of a search, attempts by value for
 * the stepper, the rows of each preset, the figures. Each is found in slices, so that no key waits, and then follows the log.
 */
import type { Filter, Term } from '../filter/filter.ts';
import { resolveFlows, usesFlows } from '../filter/flows.ts';
import { parseQuery } from '../filter/parse-query.ts';
import { type Insight, questionOf } from './insight.ts';
import { AttemptMatches } from './log/attempt-matches.ts';
import { AttemptTally } from './log/attempt-tally.ts';
import type { Matches } from './log/matches.ts';
import { presetsOf } from './preset-list.ts';
import type { State } from './state.ts';
import { freshMatches } from './unit.ts';

/** What is found in slices and then follows the log. */
interface Following {
  readonly isComplete: boolean;
  continueBuild(mayGoOn: () => boolean): boolean;
  update(nowMs: number): unknown;
}

/** Rows, and what they were made of: something else needs other rows. */
interface Followed {
  readonly madeOf: readonly unknown[];
  readonly matches: Matches;
}

export interface CountedAttempts extends Followed {
  readonly tally: AttemptTally;
  /** The field whose values are counted; it does not count itself. */
  readonly field: string;
  /** The same matches, which know what is in progress. */
  readonly attempts: AttemptMatches;
}

export interface PresetRows {
  readonly query: string;
  readonly matches: Matches;
}

export interface Followers {
  /** The rows of the table with the searched word in them. */
  readonly hits: Followed | null;
  readonly counted: CountedAttempts | null;
  readonly presets: { readonly madeOf: readonly unknown[]; readonly rows: readonly PresetRows[] } | null;
}

export const noFollowers: Followers = { hits: null, counted: null, presets: null };

/** Slices that are looked at as soon as something is to be counted. */
const FIRST_SLICES = 8;

/** Fields whose values attempts can be counted by. */
const countable: ReadonlySet<string> = new Set(['outcome', 'stage', 'provider', 'account', 'app', 'error']);

/** The state with what it needs now, and without what it does not need any more. */
export function withFollowers(state: State): State {
  const hits = hitsFor(state);
  const counted = countedFor(state);
  const presets = presetsFor(state);
  const { followers } = state;
  if (hits === followers.hits && counted === followers.counted && presets === followers.presets) return state;
  const next = { ...state, followers: { hits, counted, presets } };
  let slices = 0;
  continueFollowers(next, () => ++slices < FIRST_SLICES);
  return next;
}

/** All that follows the log, the most urgent first. */
function all(state: State): readonly Following[] {
  const { matches, followers, insight } = state;
  const { hits, counted, presets } = followers;
  return [
    matches,
    ...(hits ? [hits.matches] : []),
    ...(counted ? [counted.matches] : []),
    ...(presets?.rows.map((each) => each.matches) ?? []),
    ...(insight ? figuresOf(state, insight) : []),
  ];
}

function figuresOf(state: State, insight: Insight): readonly Following[] {
  const { now, before, tested } = insight;
  const question = questionOf(state, insight);
  const page: Following = {
    isComplete: tested.isComplete(question),
    continueBuild: (mayGoOn) => tested.continueBuild(question, mayGoOn),
    update: (nowMs) => tested.update(nowMs),
  };
  return [now.matches, before.matches, page];
}

/** Takes in what happened to the log, and what the time changes. */
export function updateFollowers(state: State): void {
  for (const each of all(state)) if (each !== state.matches) each.update(state.nowMs);
}

/** Looks further while `mayGoOn` gives true. */
export function continueFollowers(state: State, mayGoOn: () => boolean): void {
  for (const each of all(state)) if (!each.continueBuild(mayGoOn)) return;
}

export function areComplete(state: State): boolean {
  return all(state).every(({ isComplete }) => isComplete);
}

function hitsFor(state: State): Followers['hits'] {
  const { search, filter, unit, view, log, followers } = state;
  if (search === '') return null;
  const madeOf = [search, filter, unit, view.sort, log];
  if (isSame(followers.hits?.madeOf, madeOf)) return followers.hits;
  const word: Term = { kind: 'text', text: search, negated: false };
  return { madeOf, matches: freshMatches(state, { ...filter, terms: [...filter.terms, word] }) };
}

function countedFor(state: State): Followers['counted'] {
  const { overlay, unit, filter, log, nowMs, followers } = state;
  if (overlay?.kind !== 'filter' || unit !== 'attempts' || !countable.has(overlay.stepper.field)) return null;
  const { field } = overlay.stepper;
  const others: Filter = {
    ...filter,
    terms: filter.terms.filter((term) => term.kind === 'text' || term.field !== field),
  };
  const madeOf = [field, JSON.stringify(others), log];
  if (isSame(followers.counted?.madeOf, madeOf)) return followers.counted;
  const tally = new AttemptTally();
  const attempts = new AttemptMatches(log, others, nowMs, { tally });
  return { madeOf, field, tally, attempts, matches: attempts };
}

function presetsFor(state: State): Followers['presets'] {
  const { overlay, filter, unit, view, log, nowMs, settings, shown, savedPresets, flows, followers } = state;
  if (overlay?.kind !== 'presets') return null;
  const madeOf = [filter.since, unit, log, savedPresets, flows];
  if (isSame(followers.presets?.madeOf, madeOf)) return followers.presets;
  const rows = presetsOf(state).flatMap(({ query }): readonly PresetRows[] => {
    const parsed = parseQuery(query, { nowMs, timeZone: settings.timeZone, log: shown });
    if (query.endsWith(':') || !parsed.ok) return [];
    const wanted = { ...parsed.filter, since: parsed.filter.since ?? filter.since };
    // Until it is known which applications a flow means, nobody knows what the preset would show.
    if (usesFlows(wanted) && flows.kind !== 'known') return [];
    const resolved = flows.kind === 'known' ? resolveFlows(wanted, flows.flows).filter : wanted;
    return [{ query, matches: freshMatches({ log, unit, view, nowMs }, resolved) }];
  });
  return { madeOf, rows };
}

function isSame(before: readonly unknown[] | undefined, now: readonly unknown[]): boolean {
  return before !== undefined && now.every((part, index) => part === before[index]);
}
