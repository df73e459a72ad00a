/** What becomes known about a person when somebody looks them up: their account, and how they prove who they are. */
import type { Person, PersonMethod } from '../signup/person.ts';
import type { Problem } from './problem.ts';

/** Why there is no answer; the same for every look-up. */
export type LookUpFailure =
  /** The person at the screen is signed in, but these permissions were not granted yet: a sign-in that asks for them is the way. */
  | { readonly kind: 'consentNeeded'; readonly scopes: readonly string[]; readonly problem: Problem }
  | { readonly kind: 'failed'; readonly problem: Problem }
  /** The caller gave up. */
  | { readonly kind: 'cancelled' };

export type PersonOutcome =
  | { readonly kind: 'found'; readonly person: Person }
  /** There is no such account, or not any more. */
  | { readonly kind: 'nobody' }
  | LookUpFailure;

export type MethodsOutcome =
  | { readonly kind: 'read'; readonly methods: readonly PersonMethod[] }
  | { readonly kind: 'nobody' }
  | LookUpFailure;
