/**
 * Reads the log for the commands that judge attempts: nothing can be printed before everything was read. It ends with
 * what came, whatever ended it, and says how far that reaches.
 */
import type { ReadingFact, Span } from '../facts/reading.ts';
import type { AppNames } from '../signup/app-names.ts';
import { readingFor } from '../signup/attempt-range.ts';
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
  /** What was read, each once, in no special order. */
  readonly events: readonly LogEvent[];
  /** Everything from here on was read. */
  readonly readFromMs: number;
  /** Graph keeps nothing older than this; null when it kept all that was asked for. */
  readonly keptFromMs: number | null;
  readonly end: PrintingEnd;
  /** The limit was reached before the range was read. */
  readonly isLimited: boolean;
  /** Graph showed that the range was worked out by a wrong clock: nothing here counts. */
  readonly isClockCorrected: boolean;
}

/** The stretch to read for a range that is to be judged at `nowMs`: there is nothing to follow after that. */
export function stretchFor(range: Span, nowMs: number): Span {
  const { fromMs, toMs } = readingFor(range);
  return { fromMs, toMs: Math.min(toMs, Math.max(range.toMs, nowMs)) };
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
  let counted = 0;
  let isClockCorrected = false;
  let startMs = stretch.fromMs;
  let keptFromMs: number | null = null;
  for await (const fact of read(ended)) {
    if (ended.aborted) break;
    // That Graph keeps nothing older than the range is no news.
    if (fact.type !== 'range.clamped' || fact.fromMs > range.fromMs) narrator.tell(fact);
    if (fact.type === 'page.received') {
      for (const event of newestFirst(fact.events)) {
        appNames.learn(event);
        if (event.timeMs < startMs || event.timeMs > stretch.toMs || events.has(event.id)) continue;
        // What follows the range is read for the sake of its last attempts, whatever the limit.
        const isCounted = event.timeMs < range.toMs;
        isLimited = isCounted && counted === limit;
        if (isLimited) break;
        if (isCounted) counted++;
        events.set(event.id, slim(event));
        readFromMs = Math.min(readFromMs, event.timeMs);
      }
      if (fact.covered !== null && !isLimited) readFromMs = Math.min(readFromMs, fact.covered.fromMs);
    }
    if (fact.type === 'range.clamped') {
      startMs = fact.fromMs;
      keptFromMs = fact.fromMs;
    }
    if (fact.type === 'range.completed') readFromMs = startMs;
    if (fact.type === 'range.completed' || isLimited) end = { kind: 'done' };
    if (fact.type === 'feed.failed' && fact.retryInMs === null) end = { kind: 'failed', problem: fact.problem };
    isClockCorrected = fact.type === 'clock.corrected';
    if (end.kind !== 'interrupted' || isClockCorrected) break;
  }
  stop.abort();
  if (!isClockCorrected) narrator.finish();
  readFromMs = Math.max(readFromMs, startMs);
  return { events: [...events.values()], readFromMs, keptFromMs, end, isLimited, isClockCorrected };
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
