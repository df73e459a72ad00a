/** The log that most faults are tried on: five hours of it, with rows on both sides of the range that is asked for. */
import type { Lab } from './lab.ts';
import { correlationOf } from './lab-log.ts';

const MINUTE_MS = 60_000;
/** Between rows; a range of three hours begins in a pause that is long enough for a slow start. */
const STEP_MIN = 4;
const RANGE_MIN = 180;
const PAUSE_MIN = 20;
const LONGEST_MIN = 300;

export const range = ['--since', '3h'] as const;
/** The attempt that `trace` looks for. */
export const tracedId = '22222222-0000-4000-8000-000000000001';

export interface Background {
  /** Numbers of the rows that lie in the range, oldest first. */
  readonly inRange: readonly number[];
  /** Of these, the rows of the traced attempt. */
  readonly traced: readonly number[];
  /** Attempts in the range. */
  readonly attempts: number;
}

/** Stages and codes of an attempt as in the sample of the reference page. */
const sampleAttempt = [
  ['credentialCollection', 0],
  ['credentialValidation', 1002013],
  ['attributeCollectionAndValidation', 0],
  ['userCreation', 0],
] as const;

/** Fills the log with rows that have been visible for a while. */
export function fillLog({ log, clock }: Lab): Background {
  const nowMs = clock.now();
  const inRange: number[] = [];
  for (let minutes = LONGEST_MIN; minutes >= 2; minutes -= STEP_MIN) {
    if (Math.abs(minutes - RANGE_MIN) < PAUSE_MIN) continue;
    const n = log.add(nowMs - minutes * MINUTE_MS);
    if (minutes < RANGE_MIN) inRange.push(n);
  }
  const traced = sampleAttempt.map(([signUpStage, errorCode], index) =>
    log.add(nowMs - 40 * MINUTE_MS + index * 10_000, 0, {
      correlationId: tracedId,
      signUpStage,
      status: { errorCode, failureReason: null, additionalDetails: null },
    }),
  );
  return { inRange: [...inRange, ...traced], traced, attempts: inRange.length + 1 };
}

/** The correlation IDs of the attempts that the rows make. */
export function correlationsOf({ log }: Lab, { inRange }: Background): ReadonlySet<string> {
  const own = new Map(log.rows.map(({ n, fields }) => [n, fields.correlationId]));
  return new Set(inRange.map((n) => String(own.get(n) ?? correlationOf(n))));
}
