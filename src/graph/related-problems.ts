/**
 * Why one of the related logs cannot be read, in plain words that name it: several are asked at once, and each may lack
 * something else. Pure.
 */
import type { Problem } from '../facts/problem.ts';
import type { LogDefinition } from '../logs/logs.ts';
import type { FailedOutcome } from './outcome.ts';
import { problemOf } from './problems.ts';

/** The problem that an outcome is for somebody who looks for what belongs to an attempt. */
export function relatedProblem(outcome: FailedOutcome, { name, called }: LogDefinition): Problem {
  const problem = problemOf(outcome, name);
  // About the person, not about the log.
  if (problem.kind === 'signIn') return problem;
  const title = `The ${called} could not be read: ${problem.title}`;
  if (outcome.kind !== 'refused' || problem.todo.includes('Directory.Read.All') || name === 'signIns') {
    return { ...problem, title };
  }
  // The pages of these two logs name a second permission, which most tenants do without.
  const todo = `${problem.todo} If that is not enough, the ${called} needs Directory.Read.All as well.`;
  return { ...problem, title, todo };
}
