/** What was read for `attempts` and `stats`, with the questions that both put to it. Pure. */
import { compileAttemptFilter } from '../filter/attempt-predicate.ts';
import type { Filter } from '../filter/filter.ts';
import type { AppNames } from '../signup/app-names.ts';
import { attemptsIn, isCutAt, isIn, type TimeRange } from '../signup/attempt-range.ts';
import type { Attempt } from '../signup/attempts-of.ts';
import type { PrintingEnd } from './printing.ts';
import type { ReadAttempts } from './read-attempts.ts';

export interface AttemptsRead {
  /** The attempts of a range, whatever the filter; newest first by their start. */
  readonly attemptsIn: (range: TimeRange, lookBackMs?: number) => readonly Attempt[];
  readonly filter: Filter;
  /** Whether the filter keeps an attempt, its time apart. */
  readonly keeps: (attempt: Attempt) => boolean;
  /** Whether the beginning of an attempt is probably missing, because it was not read. */
  readonly isCut: (attempt: Attempt) => boolean;
  readonly appNames: AppNames;
  /** The range that was asked for. */
  readonly asked: TimeRange;
  /** The part of it that was read; as long as nothing was in the way, the same. */
  readonly range: TimeRange;
  /** Everything from here on was read, that is, some time before the range too. */
  readonly readFromMs: number;
  /** Graph keeps nothing older than this; null when it kept all that was asked for. */
  readonly keptFromMs: number | null;
  /** The limit was reached before everything was read. */
  readonly isLimited: boolean;
  /** Events that were read. */
  readonly events: number;
  /** Of these, those in the range. */
  readonly eventsInRange: number;
  readonly nowMs: number;
  readonly end: PrintingEnd;
}

/** What was read and for what. */
export interface Reading extends Pick<ReadAttempts, 'events' | 'readFromMs' | 'keptFromMs' | 'isLimited' | 'end'> {
  readonly filter: Filter;
  readonly appNames: AppNames;
  readonly asked: TimeRange;
  readonly nowMs: number;
}

export function attemptsRead(reading: Reading): AttemptsRead {
  const { events, filter, appNames, asked, readFromMs, keptFromMs, isLimited, nowMs, end } = reading;
  const keeps = compileAttemptFilter({ ...filter, since: null, until: null }, appNames);
  const range = { ...asked, fromMs: Math.min(asked.toMs, Math.max(asked.fromMs, readFromMs)) };
  return {
    attemptsIn: (wanted, lookBackMs) =>
      [...attemptsIn(events, wanted, lookBackMs)].sort(
        (a, b) => b.startMs - a.startMs || (a.correlationId < b.correlationId ? -1 : 1),
      ),
    filter,
    keeps: (attempt) => keeps(attempt, nowMs),
    isCut: (attempt) => isCutAt(attempt, readFromMs),
    appNames,
    asked,
    range,
    readFromMs,
    keptFromMs,
    isLimited,
    events: events.length,
    eventsInRange: events.filter(({ timeMs }) => isIn(timeMs, range)).length,
    nowMs,
    end,
  };
}
