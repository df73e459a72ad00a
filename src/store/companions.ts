/**
 * What the other logs have of the attempt that the pane shows: by its correlation ID, and by the account that it made. Each log
 * is asked and fails by itself. What was read is kept, so that coming back to an attempt costs nothing.
 */
import { type Moment, msBetween } from '../facts/moment.ts';
import type { Problem } from '../facts/problem.ts';
import type { Span } from '../facts/reading.ts';
import { logOf, type RelatedFact, type RelatedQuery, type RelatedSource } from '../facts/related.ts';
import type { LogEvent, LogName } from '../signup/event.ts';
import { noticed } from './notice.ts';
import { selectRelatedRequest } from './select-related-request.ts';
import type { State } from './state.ts';

/** What one log has of the attempt. */
export type CompanionSource =
  | { readonly load: 'loading' }
  | { readonly load: 'done'; readonly entries: readonly LogEvent[]; readonly isComplete: boolean }
  | { readonly load: 'failed'; readonly problem: Problem };

export interface Companions {
  /** The question that these are the answers to. */
  readonly key: string;
  readonly sources: { readonly [source in RelatedSource]?: CompanionSource };
  /** Asked, and not answered yet: what they told before, if anything, stands meanwhile. */
  readonly pending: readonly RelatedSource[];
  /** When the last answer came; null while none has. */
  readonly readAt: Moment | null;
}

export interface CompanionsRequest extends RelatedQuery {
  readonly key: string;
  /** Under which the answers are kept. */
  readonly attempt: string;
  /** Logs that are not asked any more, because they refuse in general. */
  readonly without: readonly LogName[];
}

const HOUR_MS = 3_600_000;
/** An attempt lasts minutes; the first sign-in comes with it. */
const AROUND_MS = HOUR_MS;
const KEPT_MS = 7 * 24 * HOUR_MS;
/** As long as entries may still turn up, an open attempt is asked about again this often. */
const AGAIN_MS = 60_000;
const SETTLED_AFTER_MS = 2 * HOUR_MS;
/** Attempts whose companions are kept. */
const MOST_KEPT = 100;

/** What the pane asks for; null while it asks for nothing, or knows it. */
export function selectCompanionsRequest(state: State): CompanionsRequest | null {
  const { shown, pane, table, log, signIn, feed, nowMs } = state;
  if (shown !== 'signUps' || !pane.open || feed.paused || signIn.kind !== 'signedIn' || table.cursorId === null)
    return null;
  // The sign-ups come first: they are what the pane is about.
  if (selectRelatedRequest(state) !== null) return null;
  const position = log.positionOf(table.cursorId);
  const attempt = position < 0 ? null : log.attempts.of(position);
  const last = attempt?.events.at(-1);
  if (!attempt || last === undefined) return null;
  const correlationId = log.correlationId(position);
  if (correlationId === '') return null;
  const userId = createdUserId(state, attempt.events);
  const key = `${correlationId} ${userId ?? ''} ${state.allSignIns}`;
  const known = state.companions.get(correlationId);
  const without = refusing(state);
  if (known?.key === key && known.readAt !== null && !isPending(known, without)) {
    const isSettled = nowMs - log.timeMs(last) > SETTLED_AFTER_MS && !mayComeBack(known);
    if (isSettled || msBetween(known.readAt, state.moment) < AGAIN_MS) return null;
  }
  const firstMs = log.timeMs(attempt.events[0] ?? last);
  const span: Span = { fromMs: Math.max(firstMs - AROUND_MS, nowMs - KEPT_MS), toMs: nowMs };
  const signIns = state.allSignIns ? 'all' : 'interactive';
  return { key, attempt: correlationId, correlationId, userId, span, signIns, without };
}

/** The account that the attempt made; null when it made none. */
export function createdUserId({ log }: Pick<State, 'log'>, events: readonly number[]): string | null {
  for (const position of events) {
    if (log.stage(position) === 'userCreation' && log.errorCode(position) === 0) return log.read(position).userId;
  }
  return null;
}

/** Takes in what one log told. Answers to another question about the same attempt are dropped. */
export function companionsTold(
  state: State,
  request: Pick<CompanionsRequest, 'key' | 'attempt'>,
  fact: RelatedFact,
): State {
  const { key, attempt } = request;
  const known = state.companions.get(attempt);
  const sources = known?.key === key ? known.sources : keptEntries(known);
  const others = known?.key === key ? known.pending.filter((source) => source !== fact.source) : [];
  const next: Companions = {
    key,
    pending: fact.type === 'related.started' ? [...others, fact.source] : others,
    sources: { ...sources, [fact.source]: sourceAfter(sources[fact.source], fact) },
    readAt: fact.type === 'related.started' ? (known?.readAt ?? null) : state.moment,
  };
  return { ...state, companions: withNewest(state.companions, attempt, next) };
}

/** Renewals and the like are only in the beta of the sign-in log, so they are asked for on demand. */
export function toggleAllSignIns(state: State): State {
  const allSignIns = !state.allSignIns;
  const words = allSignIns
    ? 'Sign-ins without a person at the screen are shown as well.'
    : 'Interactive sign-ins only.';
  return noticed({ ...state, allSignIns }, words);
}

/** While a log is asked again, what it told before stays. */
function sourceAfter(before: CompanionSource | undefined, fact: RelatedFact): CompanionSource {
  switch (fact.type) {
    case 'related.started':
      return before ?? { load: 'loading' };
    case 'related.read':
      return { load: 'done', entries: fact.entries, isComplete: fact.isComplete };
    case 'related.failed':
      return { load: 'failed', problem: fact.problem };
  }
}

function keptEntries(known: Companions | undefined): Companions['sources'] {
  return known?.sources ?? {};
}

function isPending({ pending }: Companions, without: readonly LogName[]): boolean {
  return pending.some((source) => !without.includes(logOf(source)));
}

/** What tells of a refusal stays however many come after it. */
function withNewest(all: State['companions'], attempt: string, companions: Companions): State['companions'] {
  const entries = [...all].filter(([id]) => id !== attempt);
  const kept = entries.filter(
    ([, each], index) => index > entries.length - MOST_KEPT || failuresIn(each).some(isRefusal),
  );
  return new Map(kept).set(attempt, companions);
}

export interface CompanionFailure {
  readonly source: RelatedSource;
  readonly problem: Problem;
}

/** What is missing from an attempt: what could not be read of it, and the logs that were refused to this sign-in for any. */
export function companionFailures(
  { companions }: Pick<State, 'companions'>,
  attempt: string,
): readonly CompanionFailure[] {
  return [...companions].flatMap(([id, each]) =>
    failuresIn(each).filter((failure) => id === attempt || isRefusal(failure)),
  );
}

function failuresIn({ sources }: Companions): readonly CompanionFailure[] {
  return (Object.keys(sources) as RelatedSource[]).flatMap((source) => {
    const told = sources[source];
    return told?.load === 'failed' ? [{ source, problem: told.problem }] : [];
  });
}

function isRefusal({ problem }: CompanionFailure): boolean {
  return problem.kind === 'refused';
}

/** Something could not be read, for a reason that may pass. */
function mayComeBack(companions: Companions): boolean {
  return failuresIn(companions).some((failure) => !isRefusal(failure));
}

/** Logs that were refused to this sign-in: they are not asked for every attempt. */
function refusing({ companions }: Pick<State, 'companions'>): readonly LogName[] {
  const failures = [...companions.values()].flatMap(failuresIn);
  return [...new Set(failures.filter(isRefusal).map(({ source }) => logOf(source)))];
}
