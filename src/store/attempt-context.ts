/** What else the loaded events say about an attempt: the other attempts of the person, and others who had the same code. */
import { covers } from '../facts/coverage.ts';
import type { Span } from '../facts/reading.ts';
import type { Attempt } from './log/attempts.ts';
import type { State } from './state.ts';

/** Events of one person that are looked at. */
const MOST_EVENTS = 500;
const HOUR_MS = 3_600_000;

export interface PersonsAttempts {
  /** Which of them this one is, counted from 1 by their beginnings, and how many there are. */
  readonly place: number;
  readonly count: number;
  /** From the beginning of the first to the end of the last. */
  readonly spanMs: number;
  /** The first of the later ones that made an account: when it ended. */
  readonly createdLaterAtMs: number | null;
  /** One before it made an account: when it ended. */
  readonly createdBeforeAtMs: number | null;
}

/** The attempts with the same identifier among what is loaded; null when the attempt tells no identifier. */
export function personsAttempts({ log }: Pick<State, 'log'>, { events }: Attempt): PersonsAttempts | null {
  const teller = log.tellerOf(events);
  const first = events[0];
  if (teller < 0 || first === undefined) return null;
  const attempts = new Map<number, Attempt>();
  // An attempt of thousands of events is looked at once.
  const seen = new Set<number>();
  for (const position of log.ofPerson(teller, MOST_EVENTS)) {
    const attempt = seen.has(position) ? null : log.attempts.of(position);
    if (attempt?.events[0] === undefined) continue;
    attempts.set(attempt.events[0], attempt);
    for (const each of attempt.events) seen.add(each);
  }
  const inOrder = [...attempts].sort(([a], [b]) => log.compare(a, b));
  const at = inOrder.findIndex(([anchor]) => anchor === first);
  const endOf = (attempt: Attempt) => log.timeMs(attempt.events.at(-1) ?? first);
  const created = inOrder.flatMap(([, attempt], index) =>
    attempt.shape.end === 'created' ? [{ attempt, index }] : [],
  );
  const later = created.find(({ index }) => index > at);
  const before = created.findLast(({ index }) => index < at);
  return {
    place: at + 1,
    count: inOrder.length,
    spanMs: Math.max(...inOrder.map(([, attempt]) => endOf(attempt))) - log.timeMs(inOrder[0]?.[0] ?? first),
    createdLaterAtMs: later ? endOf(later.attempt) : null,
    createdBeforeAtMs: before ? endOf(before.attempt) : null,
  };
}

export interface OthersLikeIt {
  /** The hour in which they are counted. */
  readonly hour: Span;
  /** Other people with the same code at the same application in that hour, and in the hour before. */
  readonly people: number;
  readonly peopleBefore: number;
}

/**
 * Other people who had the last code of the attempt at its application: in the hour up to now, or around an older attempt.
 * Null when not all of that time is loaded, so that nobody can say.
 */
export function othersLikeIt(state: Pick<State, 'log' | 'feed' | 'nowMs'>, attempt: Attempt): OthersLikeIt | null {
  const { log, feed, nowMs } = state;
  const last = attempt.events.at(-1);
  if (last === undefined) return null;
  const isRecent = nowMs - log.timeMs(last) < HOUR_MS;
  const toMs = isRecent ? nowMs : log.timeMs(last) + HOUR_MS / 2;
  const hour = { fromMs: toMs - HOUR_MS, toMs };
  const read = { fromMs: hour.fromMs - HOUR_MS, toMs: Math.min(toMs, feed.upToMs ?? toMs) };
  if (!covers(feed.covered.get('') ?? [], read)) return null;
  const count = (span: Span) => peopleWith(state, attempt, last, span);
  return { hour, people: count(hour), peopleBefore: count({ fromMs: read.fromMs, toMs: hour.fromMs }) };
}

function peopleWith({ log }: Pick<State, 'log'>, { events, shape }: Attempt, last: number, span: Span): number {
  const { order, rows } = log;
  const teller = log.tellerOf(events);
  const person = teller < 0 ? last : teller;
  const people = new Set<number | string>();
  const from = order.rankWhere((position) => log.timeMs(position) >= span.fromMs);
  for (let rank = from; rank < order.size; rank++) {
    const position = order.at(rank);
    if (log.timeMs(position) >= span.toMs) break;
    if (log.cause(position) !== shape.lastErrorCode || log.appId(position) !== shape.appId) continue;
    const code = rows.identifierCode(position);
    // Who cannot be told apart is one person for each attempt.
    people.add(code >= 0 ? code : log.correlationId(position));
  }
  people.delete(rows.identifierCode(person));
  people.delete(log.correlationId(last));
  return people.size;
}
