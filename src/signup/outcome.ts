/**
 * What became of one event. It judges by the kind of the code, never by "not 0": the prompt for the e-mail code
 * (1002013) is a step of nearly every successful sign-up.
 */
import { type CodeKind, codeKind } from './codes.ts';

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

/** Takes the error code of an event; `unknown` is a code that nobody has classified, or none at all. */
export function outcomeOf(errorCode: number): EventOutcome {
  return outcomeByKind[codeKind(errorCode)];
}
