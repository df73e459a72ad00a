/**
 * What an attempt is: all sign-up events with one correlation ID, one person trying once. Here stands how it is judged, by
 * its steps in order of time (ties: order of stages). Pure: an attempt that nothing has ended is judged by the time given.
 */
import { causeOf } from './cause.ts';
import { noErrorCode } from './codes.ts';
import type { LogEvent } from './event.ts';
import { type EventOutcome, isFailureCode, outcomeOf } from './outcome.ts';
import { type AccountType, accountTypeOf } from './providers.ts';
import { stageOrder } from './stages.ts';

export type AttemptOutcome = 'created' | 'failed' | 'inProgress' | 'noFurtherEvent';

export const attemptOutcomes: readonly AttemptOutcome[] = ['created', 'failed', 'inProgress', 'noFurtherEvent'];

/** How it stands whatever the time is: an `open` one is in progress at first, and later has no further event. */
export type AttemptEnd = 'created' | 'failed' | 'open';

/** What one event adds to the judgement on its attempt. */
export type AttemptStep = Pick<LogEvent, 'stage' | 'errorCode' | 'listeners' | 'provider' | 'appId'>;

/** One stage on the way, with what came of each event of it. */
export interface PathPart {
  readonly stage: string;
  readonly outcomes: readonly EventOutcome[];
}

/** All that the steps tell; attempts with the same steps share it. */
export interface AttemptShape {
  readonly end: AttemptEnd;
  /** The stages in the order in which they were first met. */
  readonly path: readonly PathPart[];
  readonly lastStage: string;
  /** The cause of the last event (see `cause.ts`). */
  readonly lastErrorCode: number;
  /** The causes of its events, each once. */
  readonly codes: readonly number[];
  /** What the last event says; the log may say something else before. */
  readonly provider: string;
  readonly account: AccountType;
  readonly appId: string;
  readonly steps: number;
  /** 1, and 1 more for each failure after which the person went on. */
  readonly tries: number;
  /** A code says that the person has an account here already. */
  readonly hadAccount: boolean;
  /** The first known step is none that a sign-up begins with: what came before may be missing. */
  readonly beginsMidway: boolean;
}

/** An open attempt whose last event is younger than this is in progress. Microsoft gives no figure; this is ours. */
export const IN_PROGRESS_MS = 30 * 60_000;

/** An attempt is judged by what happens within this time from its start. Microsoft gives no figure; this is ours. */
export const FOLLOW_UP_MS = 2 * 60 * 60_000;

/** What an attempt is judged by. Times in milliseconds since the epoch; the last event is the last within the follow-up. */
export interface Judged {
  readonly shape: Pick<AttemptShape, 'end'>;
  readonly startMs: number;
  readonly lastMs: number;
}

/** Stages that a sign-up begins with: an address is given, or the person is sent to an identity provider. */
const entryStages: ReadonlySet<string> = new Set(['credentialCollection', 'credentialFederation']);

/** Codes that only somebody with an account gets: a password that is wrong, expired, to be changed or not there; a disabled account. */
const accountCodes: ReadonlySet<number> = new Set([50055, 50057, 50126, 50135, 50142, 50144, 500346, 1003037]);

/** Judges the steps of an attempt, at least one, in order (see `event-order.ts`). Throws a RangeError for none. */
export function attemptShape(steps: readonly AttemptStep[]): AttemptShape {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('an attempt has at least one event');
  const path = new Map<string, EventOutcome[]>();
  const codes = new Set<number>();
  let tries = 1;
  for (const [index, step] of steps.entries()) {
    const cause = causeOf(step);
    const outcome = outcomeOf(cause);
    codes.add(cause);
    const outcomes = path.get(step.stage);
    if (outcomes) outcomes.push(outcome);
    else path.set(step.stage, [outcome]);
    // Not by the step itself: steps that are alike may be one object.
    if (index < steps.length - 1 && isFailureCode(cause)) tries++;
  }
  return {
    end: endOf(steps, last),
    path: [...path].map(([stage, outcomes]) => ({ stage, outcomes })),
    lastStage: last.stage,
    lastErrorCode: causeOf(last),
    codes: [...codes].filter((code) => code !== noErrorCode),
    provider: last.provider,
    account: accountTypeOf(last.provider),
    appId: last.appId,
    steps: steps.length,
    tries,
    hadAccount: [...codes].some((code) => accountCodes.has(code)),
    beginsMidway: stageOrder(first.stage) < stageOrder('') && !entryStages.has(first.stage),
  };
}

/** What became of an attempt as far as is known at `nowMs`. */
export function attemptOutcome({ shape, startMs, lastMs }: Judged, nowMs: number): AttemptOutcome {
  if (shape.end !== 'open') return shape.end;
  return nowMs < followUpEndMs(startMs, lastMs) ? 'inProgress' : 'noFurtherEvent';
}

/** When nothing more is waited for: half an hour after the last event, and at most two hours after the first. */
export function followUpEndMs(startMs: number, lastMs: number): number {
  return Math.min(lastMs + IN_PROGRESS_MS, startMs + FOLLOW_UP_MS);
}

/** Of the events of an attempt, in order, those that it is judged by: those within its follow-up. */
export function judgedOf<Event>(events: readonly Event[], timeOf: (event: Event) => number): readonly Event[] {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return events;
  const endMs = timeOf(first) + FOLLOW_UP_MS;
  return timeOf(last) <= endMs ? events : events.filter((event) => timeOf(event) <= endMs);
}

function endOf(steps: readonly AttemptStep[], last: AttemptStep): AttemptEnd {
  if (steps.some(({ stage, errorCode }) => stage === 'userCreation' && errorCode === 0)) return 'created';
  return isFailureCode(causeOf(last)) ? 'failed' : 'open';
}
