/** What one check of the doctor found, and how to say it. Pure: text from outside is made visible here, once for all. */
import type { Problem, ProblemKind } from '../facts/problem.ts';
import { visibleText } from '../signup/visible-text.ts';

export type CheckState = 'pass' | 'warn' | 'fail' | 'skipped';

export interface Finding {
  /** What was looked at, in a word or two. */
  readonly name: string;
  readonly state: CheckState;
  readonly found: string;
  /** What to do about it; empty where there is nothing to do. */
  readonly fix: string;
  /** Of a failure: which exit code it is. */
  readonly kind: ProblemKind | null;
}

export function pass(name: string, found: string): Finding {
  return { name, state: 'pass', found: visibleText(found), fix: '', kind: null };
}

/** Something that may be in the way later, or of one part of the program only. */
export function warn(name: string, found: string, fix: string): Finding {
  return { name, state: 'warn', found: visibleText(found), fix: visibleText(fix), kind: null };
}

export function fail(name: string, kind: ProblemKind, found: string, fix: string): Finding {
  return { name, state: 'fail', found: visibleText(found), fix: visibleText(fix), kind };
}

/** `because` continues "not checked, because". */
export function skipped(name: string, because: string, fix = ''): Finding {
  return { name, state: 'skipped', found: visibleText(`not checked, because ${because}`), fix, kind: null };
}

export function failWith(name: string, problem: Problem): Finding {
  return fail(name, problem.kind, wordsOf(problem), problem.todo);
}

export function warnWith(name: string, problem: Problem): Finding {
  return warn(name, wordsOf(problem), problem.todo);
}

/** What happened, what it means, and what Microsoft's support asks for. */
function wordsOf({ title, meaning, code, requestId }: Problem): string {
  const known = [code === null ? '' : `code ${code}`, requestId === null ? '' : `request ${requestId}`];
  const reference = known.filter((part) => part !== '').join(', ');
  return [title, meaning, reference === '' ? '' : `(${reference})`].filter((part) => part !== '').join(' ');
}
