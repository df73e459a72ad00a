/**
 * What to do about a 400: it is about the page token, the start of the range, or the filter, and Graph says so in words
 * that change. Pure: it must not ask again itself.
 */
import type { GraphErrorText } from './outcome.ts';

/** What is left of a clause, and the condition that was taken out. */
export interface NarrowedClause {
  readonly clause: string | null;
  readonly refused: string;
}

export interface RefusedRequest {
  readonly fromMs: number;
  readonly toMs: number;
  /** True when a `nextLink` was followed. */
  readonly isNextPage: boolean;
  readonly serverNowMs: number;
  readonly clause: string | null;
  readonly narrow: (clause: string) => NarrowedClause | null;
}

export type Mended =
  /** Read the stretch again from where it was left: page tokens are not built or repaired. */
  | { readonly kind: 'restart' }
  /** Graph keeps nothing before `fromMs`. `wholeClause`: conditions taken out on suspicion were innocent. */
  | { readonly kind: 'clamp'; readonly fromMs: number; readonly wholeClause: boolean }
  | ({ readonly kind: 'narrow' } & NarrowedClause)
  | { readonly kind: 'nothing' };

const DAY_MS = 24 * 60 * 60_000;
/** No edition keeps activity logs longer, and the free ones only 7 days; see Microsoft's page on data retention. */
const LONGEST_RETENTION_MS = 30 * DAY_MS;
const SHORTEST_RETENTION_MS = 7 * DAY_MS;
/** So that a range that was clamped is not clamped again for being a moment older. */
const TOLERANCE_MS = 60_000;

export function mendRequest(error: GraphErrorText, asked: RefusedRequest): Mended {
  // With a nextLink the filter was accepted before, so whatever is refused now is the token in it.
  if (asked.isNextPage || /skip ?token/i.test(error.message)) return { kind: 'restart' };
  const minimumMs = minimumDateIn(error.message, asked);
  if (minimumMs !== null) return { kind: 'clamp', fromMs: minimumMs, wholeClause: false };
  const oldestMs = (retentionMs: number) => asked.serverNowMs - retentionMs;
  const isOlderThan = (retentionMs: number) => asked.fromMs < oldestMs(retentionMs) - TOLERANCE_MS;
  if (isOlderThan(LONGEST_RETENTION_MS)) {
    return { kind: 'clamp', fromMs: oldestMs(LONGEST_RETENTION_MS), wholeClause: false };
  }
  const narrowed = asked.clause === null ? null : asked.narrow(asked.clause);
  if (narrowed !== null) return { kind: 'narrow', ...narrowed };
  if (isOlderThan(SHORTEST_RETENTION_MS)) {
    return { kind: 'clamp', fromMs: oldestMs(SHORTEST_RETENTION_MS), wholeClause: true };
  }
  return { kind: 'nothing' };
}

const ISO_DATE = /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?/g;
/** .NET's invariant form, month first. */
const US_DATE = /\b\d{1,2}\/\d{1,2}\/\d{4}(?: \d{1,2}:\d\d(?::\d\d)?(?: [AP]M)?)?/g;
/**
 * The earliest date in the message that lies inside the window that was asked for, rounded up to a second; UTC. Our own dates, when
 * they are repeated, were rounded outwards to whole seconds and do not.
 */
function minimumDateIn(message: string, { fromMs, toMs }: RefusedRequest): number | null {
  const texts = [...(message.match(ISO_DATE) ?? []), ...(message.match(US_DATE) ?? [])];
  const inside = texts
    .map((text) =>
      Date.parse(/\d(Z|[+-]\d\d:?\d\d)$/.test(text) && /:\d\d/.test(text) ? text : `${text.replace('T', ' ')} UTC`),
    )
    .filter((timeMs) => timeMs > fromMs && timeMs < toMs);
  return inside.length === 0 ? null : Math.ceil(Math.min(...inside) / 1000) * 1000;
}
