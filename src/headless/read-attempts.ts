/**
 * Reads the log for the commands that judge attempts: nothing can be printed before everything was read. It ends with
 * what came, whatever ended it, and says how far that reaches.
 */
import type { ReadingFact, Span } from '../facts/reading.ts';
import type { AppNames } from '../signup/app-names.ts';
import { READ_AROUND_MS } from '../signup/attempt-range.ts';
import { type Attempt, attemptsOf } from '../signup/attempts-of.ts';
import type { JsonObject, LogEvent } from '../signup/event.ts';
import type { Narrator } from './narrator.ts';
import type { PrintingEnd } from './printing.ts';

export interface AttemptReading {
  /** Reads the log, newest first, until `signal` is aborted. */
  readonly read: (signal: AbortSignal) => AsyncIterable<ReadingFact>;
  /** Learns the names that events tell. */
  readonly appNames: AppNames;
  readonly narrator: Narrator;
  /** Aborted when the person interrupts, and when the reader has gone. */
  readonly signal: AbortSignal;
}

export interface ReadOrder {
  readonly range: Span;
  readonly stretch: Span;
  readonly limit: number | null;
}

export interface ReadAttempts {
  /** As they were first met, newest first. */
  readonly attempts: readonly Attempt[];
  /** Events that were read. */
  readonly events: number;
  /** Everything from here on was read. */
  readonly readFromMs: number;
  readonly end: PrintingEnd;
  /** The limit was reached before the range was read. */
  readonly isLimited: boolean;
  /** Graph showed that the range was worked out by a wrong clock: nothing here counts. */
  readonly isClockCorrected: boolean;
}

/** The stretch to read for a range that is to be judged at `nowMs`. */
export function stretchFor({ fromMs, toMs }: Span, nowMs: number): Span {
  return { fromMs: fromMs - READ_AROUND_MS, toMs: Math.min(toMs + READ_AROUND_MS, Math.max(toMs, nowMs)) };
}

/** Takes the newest `limit` events (null: all) of the stretch that is to be read for a range. */
export async function readAttempts(
  { read, appNames, narrator, signal }: AttemptReading,
  { range, stretch, limit }: ReadOrder,
): Promise<ReadAttempts> {
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);
  const events = new Map<string, LogEvent>();
  const slim = slimmer();
  let readFromMs = stretch.toMs;
  let end: PrintingEnd = { kind: 'interrupted' };
  let isLimited = false;
  let isClockCorrected = false;
  let startMs = stretch.fromMs;
  for await (const fact of read(ended)) {
    if (ended.aborted) break;
    // That Graph keeps nothing older than the range is no news.
    if (fact.type !== 'range.clamped' || fact.fromMs > range.fromMs) narrator.tell(fact);
    if (fact.type === 'page.received') {
      for (const event of newestFirst(fact.events)) {
        appNames.learn(event);
        if (event.timeMs < startMs || event.timeMs > stretch.toMs || events.has(event.id)) continue;
        isLimited = events.size === limit;
        if (isLimited) break;
        events.set(event.id, slim(event));
        readFromMs = Math.min(readFromMs, event.timeMs);
      }
      if (fact.covered !== null && !isLimited) readFromMs = Math.min(readFromMs, fact.covered.fromMs);
    }
    if (fact.type === 'range.clamped') startMs = fact.fromMs;
    if (fact.type === 'range.completed') readFromMs = startMs;
    if (fact.type === 'range.completed' || isLimited) end = { kind: 'done' };
    if (fact.type === 'feed.failed' && fact.retryInMs === null) end = { kind: 'failed', problem: fact.problem };
    isClockCorrected = fact.type === 'clock.corrected';
    if (end.kind !== 'interrupted' || isClockCorrected) break;
  }
  stop.abort();
  if (!isClockCorrected) narrator.finish();
  readFromMs = Math.max(readFromMs, startMs);
  return { attempts: attemptsOf(events.values()), events: events.size, readFromMs, end, isLimited, isClockCorrected };
}

/** Graph sends them so; the limit must not depend on it. */
function newestFirst(events: readonly LogEvent[]): readonly LogEvent[] {
  return [...events].sort((a, b) => b.timeMs - a.timeMs);
}

const nothing: JsonObject = {};

/** Makes events small, since a million of them must find room: without Graph's object, and with texts that they share. */
export function slimmer(): (event: LogEvent) => LogEvent {
  const texts = new Map<string, string>();
  const shared = (text: string): string => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
  return (event) => ({
    ...event,
    stage: shared(event.stage),
    provider: shared(event.provider),
    appId: shared(event.appId),
    appName: event.appName === null ? null : shared(event.appName),
    raw: nothing,
  });
}
