/** Whether an attempt was in progress at an earlier moment, by what had happened by then. Pure. */
import { followUpEndMs } from '../signup/attempt.ts';
import { isFailureCode } from '../signup/outcome.ts';
import type { ObservedStep } from './sample.ts';

/** The account is there. */
export function isCreation({ stage, cause }: ObservedStep): boolean {
  return stage === 'userCreation' && cause === 0;
}

/** Takes the steps of an attempt in order. */
export function wasInProgress(steps: readonly ObservedStep[], atMs: number): boolean {
  const [first, last] = [steps[0], steps.findLast(({ timeMs }) => timeMs <= atMs)];
  if (!first || !last || atMs >= followUpEndMs(first.timeMs, last.timeMs)) return false;
  const isOver = steps.some((step) => step.timeMs <= atMs && isCreation(step)) || isFailureCode(last.cause);
  return !isOver;
}
