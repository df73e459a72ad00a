/**
 * One call for each log: whether it can be read, and if not, whether licence, role or consent is missing. The sign-up log
 * is what the program is for; the others complete it, so that a refusal of theirs is a warning. Pure.
 */
import { member, textMember } from '../graph/json-member.ts';
import { logUrl } from '../graph/log-url.ts';
import type { GraphOutcome } from '../graph/outcome.ts';
import { problemOf } from '../graph/problems.ts';
import { logs } from '../logs/logs.ts';
import type { LogName } from '../signup/event.ts';
import { type Finding, failWith, pass, skipped, warnWith } from './finding.ts';

export interface ExaminedLog {
  readonly name: string;
  readonly log: LogName;
  /** The newest row of the stretch, by path and query. */
  readonly url: (fromMs: number, toMs: number) => string;
  readonly timeField: string;
  readonly isNeeded: boolean;
}

/** The least that shows whether a log can be read: the newest row of a day. */
export const examinedSpanMs = 24 * 60 * 60_000;

export const examinedLogs: readonly ExaminedLog[] = logs.map(({ name: log, word, timeField }) => ({
  name: word,
  log,
  url: (fromMs, toMs) => logUrl({ log, clause: null, fromMs, toMs, pageSize: 1 }),
  timeField,
  isNeeded: log === 'signUps',
}));

/** Takes what came of the call, at `nowMs`. */
export function logCheck(
  { name, log, timeField, isNeeded }: ExaminedLog,
  outcome: GraphOutcome,
  nowMs: number,
): Finding {
  if (outcome.kind === 'cancelled') return skipped(name, 'it was interrupted');
  if (outcome.kind !== 'ok') {
    const problem = problemOf(outcome, log);
    if (isNeeded) return failWith(name, problem);
    const isMissing = outcome.kind === 'notFound' || outcome.kind === 'badRequest';
    return warnWith(name, isMissing ? { ...problem, meaning: outcome.error.message, todo: notThere } : problem);
  }
  const rows = member(outcome.json, 'value');
  const newestMs = Date.parse(textMember(Array.isArray(rows) ? rows[0] : null, timeField) ?? '');
  const newest = Number.isNaN(newestMs) ? 'nothing in the last 24 h' : `newest entry ${agoText(nowMs - newestMs)} ago`;
  return pass(name, `can be read; ${newest}`);
}

const notThere = 'This tenant or its cloud may not have this log. Sign-ups can be read without it.';

/** No answer, or none of Graph: asking for another log would tell nothing more. */
export function isOutOfReach(outcome: GraphOutcome): boolean {
  return outcome.kind === 'unreachable' || outcome.kind === 'malformed' || outcome.kind === 'misdirected';
}

function agoText(ageMs: number): string {
  const minutes = Math.max(0, Math.round(ageMs / 60_000));
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
