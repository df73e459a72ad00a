/** The query on the command line with `--since` and `--until`, as one filter. What is wrong with it gets its place. */
import type { Filter, TimePoint } from '../filter/filter.ts';
import { parseQuery, type QueryError } from '../filter/parse-query.ts';
import { parseDuration, parseTimePoint, timePointForms } from '../filter/time-point.ts';
import type { LogName } from '../signup/event.ts';
import type { Operand, ReadArguments } from './arguments.ts';
import { type Place, UsageError } from './complaint.ts';
import type { Settings } from './settings.ts';
import type { ReadValue } from './values.ts';

export interface Present {
  readonly nowMs: number;
  /** IANA name of the zone that times without an offset are in. */
  readonly timeZone: string;
  /** The log that the query is about; the sign-ups when none is named. */
  readonly log?: LogName;
}

/**
 * The words of the query are one query, however many arguments they came in. A bound of the range in the query goes
 * before the environment and the settings file; said twice on the command line it is a usage error. Throws `UsageError`.
 */
export function readQuery(read: ReadArguments, settings: Settings, present: Present): Filter {
  const text = read.operands.map((operand) => operand.text).join(' ');
  const parsed = parseQuery(text, present);
  if (!parsed.ok) throw new UsageError(complaintOf(parsed.error, read));
  return { ...parsed.filter, ...readRange(settings, present, parsed.filter) };
}

/** The bounds of the range; `inQuery` are those that the query names. Throws `UsageError`. */
export function readRange(
  settings: Settings,
  present: Present,
  inQuery: Pick<Filter, 'since' | 'until'> = { since: null, until: null },
): Pick<Filter, 'since' | 'until'> {
  const since = boundOf('since', inQuery.since, settings, present);
  const until = boundOf('until', inQuery.until, settings, present);
  if (since !== null && until !== null && since.atMs >= until.atMs) {
    const when = since.atMs > until.atMs ? 'before' : 'when';
    const message = `the range ends (${until.text}) ${when} it begins (${since.text})`;
    throw new UsageError({ message, advice: '', place: null });
  }
  return { since, until };
}

/** A length of time such as `15s` or `1h30m`, in milliseconds, not shorter than `leastMs`. */
export function readDuration(leastMs: number): ReadValue<number> {
  return (text) => {
    const lengthMs = parseDuration(text);
    if (lengthMs === null) return { ok: false, message: 'takes a length of time', advice: 'e.g. 15s, 5m, 8h or 1h30m' };
    if (lengthMs < leastMs) return { ok: false, message: `takes at least ${leastMs / 1000}s`, advice: '' };
    return { ok: true, value: lengthMs };
  };
}

function boundOf(bound: 'since' | 'until', inQuery: TimePoint | null, settings: Settings, present: Present) {
  const written = settings.written(bound);
  if (inQuery !== null && written?.origin === 'commandLine') {
    const message = `--${bound} and ${bound}: in the query are two answers to one question`;
    throw new UsageError({ message, advice: 'Leave one of them out', place: written.place });
  }
  if (inQuery !== null) return inQuery;
  return settings.read(bound, readBound(bound, present));
}

/** A bound of the time range, e.g. `24h` or `2026-11-23 07:00`. */
export function readBound(bound: 'since' | 'until', present: Present): ReadValue<TimePoint> {
  const edge = bound === 'since' ? 'start' : 'end';
  return (text) => {
    const read = parseTimePoint(text, { ...present, edge });
    if (read.ok) return { ok: true, value: read.point };
    return read.reason === 'notATime'
      ? { ok: false, message: 'takes a point in time', advice: `e.g. ${timePointForms}` }
      : { ok: false, message: `cannot be taken: ${read.message}`, advice: read.advice };
  };
}

function complaintOf({ message, start, end, suggestion }: QueryError, { operands, line }: ReadArguments) {
  const advice = suggestion === null ? '' : `Did you mean ${suggestion}?`;
  return { message: `in the query: ${message.replace(/\.$/, '')}`, advice, place: placeIn(operands, line, start, end) };
}

/** Finds the argument that a stretch of the joined query began in. */
function placeIn(operands: readonly Operand[], line: readonly string[], start: number, end: number): Place | null {
  let offset = 0;
  for (const { text, index } of operands) {
    const from = start - offset;
    if (from <= text.length) return { words: line, index, from, length: Math.min(end - start, text.length - from) };
    offset += text.length + 1;
  }
  return null;
}
