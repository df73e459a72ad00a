/** What is wrong with the saved sign-in, as problems for the person. */
import type { Problem } from '../facts/problem.ts';
import { type FileTrouble, sentencesOf } from '../files/in-words.ts';

/** Nothing could be saved. */
export function notSavedProblem({ reason, todo }: FileTrouble): Problem {
  return {
    ...signInProblem,
    title: `The sign-in could not be saved: ${reason}.`,
    meaning: 'Nothing is kept for the next command, which has to sign in again.',
    todo: sentencesOf({ reason: todo, todo: '' }),
  };
}

/** What was saved is not used. */
export function unreadableProblem({ reason, todo }: FileTrouble): Problem {
  return {
    ...signInProblem,
    title: `The saved sign-in could not be used: ${reason}.`,
    todo: sentencesOf({ reason: todo, todo: 'sign in again' }),
  };
}

const signInProblem = { kind: 'signIn', meaning: '', code: null, requestId: null } as const;
