/** What becomes known when the user flows of the tenant are asked for. */
import type { UserFlow } from '../signup/user-flow.ts';
import type { Problem } from './problem.ts';

export type UserFlowsOutcome =
  | {
      readonly kind: 'read';
      readonly flows: readonly UserFlow[];
      /** Entries of the list that could not be understood, as short reasons. */
      readonly unreadable: readonly string[];
    }
  /**
   * The person is signed in, and the log can be read, but these permissions (such as `EventListener.Read.All`) were not
   * granted yet: a sign-in that asks for them as well is the way.
   */
  | { readonly kind: 'consentNeeded'; readonly scopes: readonly string[]; readonly problem: Problem }
  | { readonly kind: 'failed'; readonly problem: Problem }
  /** The caller gave up. */
  | { readonly kind: 'cancelled' };
