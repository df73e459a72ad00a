/** The entries by correlation ID that the pane asks for, when not all of them are known to be loaded. */
import { covers } from '../facts/coverage.ts';
import { msBetween } from '../facts/moment.ts';
import type { Span } from '../facts/reading.ts';
import type { LogName } from '../signup/event.ts';
import { sinceOf } from './shown-span.ts';
import type { State } from './state.ts';

export interface RelatedRequest {
  /** Changes when another reading is wanted; the answers carry it. */
  readonly key: string;
  readonly log: LogName;
  readonly correlationId: string;
  readonly span: Span;
}

const HOUR_MS = 60 * 60 * 1000;
/** An attempt lasts minutes; events of one correlation ID further apart than this are not looked for. */
const REACH_MS = 24 * HOUR_MS;
/** As long as rows may still turn up late, or reading failed, the entries of an open attempt are read again this often. */
const AGAIN_MS = 60 * 1000;
const RETENTION_MS = 7 * 24 * HOUR_MS;

export function selectRelatedRequest(state: State): RelatedRequest | null {
  const { pane, table, log, signIn, nowMs, feed } = state;
  if (!pane.open || feed.paused || signIn.kind !== 'signedIn' || table.cursorId === null) return null;
  const position = log.positionOf(table.cursorId);
  if (position < 0) return null;
  const correlationId = log.correlationId(position);
  if (correlationId === '') return null;
  const timeMs = log.timeMs(position);
  const around = { fromMs: timeMs - HOUR_MS, toMs: Math.min(timeMs + HOUR_MS, feed.upToMs ?? nowMs) };
  // An unfiltered feed that has read the time around the event, and goes on reading, has all there is.
  if (covers(feed.covered.get('') ?? [], around)) return null;
  const known = state.related.get(correlationId);
  const settled = known?.load === 'done' && nowMs - timeMs > 2 * HOUR_MS;
  const fresh = known && known.load !== 'loading' && (settled || msBetween(known.readAt, state.moment) < AGAIN_MS);
  if (fresh) return null;
  // A tenant may keep events for longer than all do: then the range that is shown tells.
  const keptFromMs = Math.min(nowMs - RETENTION_MS, feed.clampedFromMs ?? sinceOf(state));
  return {
    key: `${state.shown} ${correlationId}`,
    log: state.shown,
    correlationId,
    span: { fromMs: Math.max(timeMs - REACH_MS, keptFromMs), toMs: Math.min(timeMs + REACH_MS, nowMs) },
  };
}
