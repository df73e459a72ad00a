/**
 * What became of one event. It judges by the kind of the code, never by "not 0": the prompt for the e-mail code
 * (1002013) is a step of nearly every successful sign-up.
 */
import { type CodedStep, causeOf } from './cause.ts';
import { type CodeKind, codeKind, noErrorCode } from './codes.ts';
import type { LogEvent } from './event.ts';

export type EventOutcome = 'succeeded' | 'interrupted' | 'failed' | 'unknown';

export const eventOutcomes: readonly EventOutcome[] = ['succeeded', 'interrupted', 'failed', 'unknown'];

const outcomeByKind: Readonly<Record<CodeKind, EventOutcome>> = {
  success: 'succeeded',
  interrupt: 'interrupted',
  failure: 'failed',
  transient: 'failed',
  configuration: 'failed',
  unknown: 'unknown',
};

/**
 * Graph's words of the logs without codes. Nobody is hurt by what provisioning skips; a warning has to be looked at.
 * Sources: https://learn.microsoft.com/graph/api/resources/directoryaudit,
 * https://learn.microsoft.com/graph/api/resources/provisioningstatusinfo
 */
const outcomeByResult: ReadonlyMap<string, EventOutcome> = new Map([
  ['success', 'succeeded'],
  ['failure', 'failed'],
  ['timeout', 'failed'],
  ['skipped', 'interrupted'],
]);

/** The outcome of an entry of any log: by its result where the log has results, else by its cause (see `cause.ts`). */
export function outcomeOfEvent(event: CodedStep & Pick<LogEvent, 'result'>): EventOutcome {
  const { result } = event;
  return result === null ? outcomeOf(causeOf(event)) : (outcomeByResult.get(result.toLowerCase()) ?? 'unknown');
}

/**
 * Whether the entry counts as a failure. What nobody has classified does, so that no new kind of failure is overlooked; an
 * entry without code and result does not, because nobody can know how it ended.
 */
export function hasFailed(event: CodedStep & Pick<LogEvent, 'result'>): boolean {
  if (event.result === null) return isFailureCode(causeOf(event));
  const outcome = outcomeOfEvent(event);
  return outcome === 'failed' || outcome === 'unknown';
}

/** The same of a sign-up event, by its cause code. */
export function isFailureCode(cause: number): boolean {
  const outcome = outcomeOf(cause);
  return outcome === 'failed' || (outcome === 'unknown' && cause !== noErrorCode);
}

/** Takes the cause code of an event; `unknown` is a code that nobody has classified, or none at all. */
export function outcomeOf(errorCode: number): EventOutcome {
  return outcomeByKind[codeKind(errorCode)];
}
