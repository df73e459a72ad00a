/**
 * Looking a person up: the account that an attempt made, or the one that its address has already, and how its owner proves who
 * they are. Asked for on a key alone, with permissions that nothing else needs.
 */
import type { LookUpFailure, MethodsOutcome, PersonOutcome } from '../facts/person.ts';
import { startSignIn } from './commands-sign-in.ts';
import { createdUserId } from './companions.ts';
import { noticed } from './notice.ts';
import type { State } from './state.ts';

export interface PersonLookUp {
  /** The account that the attempt made; null: it is looked for by the address. */
  readonly userId: string | null;
  readonly address: string | null;
  readonly account: 'loading' | PersonOutcome;
  /** Null until an account is known. */
  readonly methods: 'loading' | MethodsOutcome | null;
}

export type PersonRequest = { readonly key: string } & (
  | { readonly what: 'account'; readonly userId: string }
  | { readonly what: 'address'; readonly address: string }
  | { readonly what: 'methods'; readonly userId: string }
);

/** The answer to a request, by what was asked. */
export type PersonAnswer =
  | { readonly what: 'account' | 'address'; readonly outcome: PersonOutcome }
  | { readonly what: 'methods'; readonly outcome: MethodsOutcome };

/** Looks up the person of the attempt under the cursor. */
export function personOpen(state: State): State {
  const { log, table, shown } = state;
  const position = table.cursorId === null ? -1 : log.positionOf(table.cursorId);
  if (position < 0) return state;
  const events = shown === 'signUps' ? (log.attempts.of(position)?.events ?? [position]) : [position];
  const userId = shown === 'signUps' ? createdUserId(state, events) : log.read(position).userId;
  const address = log.identifierOf(events);
  if (userId === null && address === null) return noticed(state, 'The log does not tell who this is.');
  const person: PersonLookUp = { userId, address, account: 'loading', methods: null };
  return { ...state, person, overlay: { kind: 'person', scroll: 0 } };
}

export function personClose(state: State): State {
  return { ...state, person: null, overlay: null };
}

export function personScroll(lines: (state: State) => number): (state: State) => State {
  return (state) => {
    if (state.overlay?.kind !== 'person') return state;
    const most = Math.max(0, state.settings.measure.personLines(state) - Math.max(1, state.size.rows - 1));
    return {
      ...state,
      overlay: { kind: 'person', scroll: Math.max(0, Math.min(most, state.overlay.scroll + lines(state))) },
    };
  };
}

/** What is to be asked next; null while nobody is looked up, or all is known. */
export function selectPersonRequest({ overlay, person, signIn }: State): PersonRequest | null {
  if (overlay?.kind !== 'person' || person === null || signIn.kind !== 'signedIn') return null;
  if (person.account === 'loading') {
    const { userId, address } = person;
    if (userId !== null) return { key: `account ${userId}`, what: 'account', userId };
    return address === null ? null : { key: `address ${address}`, what: 'address', address };
  }
  if (person.methods !== 'loading' || person.account.kind !== 'found') return null;
  const { userId } = person.account.person;
  return { key: `methods ${userId}`, what: 'methods', userId };
}

export function personTold(state: State, answer: PersonAnswer): State {
  const { person } = state;
  if (person === null) return state;
  if (answer.what === 'methods') return { ...state, person: { ...person, methods: answer.outcome } };
  const methods = answer.outcome.kind === 'found' ? 'loading' : null;
  return { ...state, person: { ...person, account: answer.outcome, methods } };
}

/** The permissions that what was looked up still needs; none when nothing is missing. */
export function missingScopes({ person }: Pick<State, 'person'>): readonly string[] {
  const answers = person ? [person.account, person.methods] : [];
  return answers.flatMap((answer) => (isRefused(answer) ? answer.scopes : []));
}

function isRefused(
  answer: PersonLookUp['account'] | PersonLookUp['methods'],
): answer is Extract<LookUpFailure, { kind: 'consentNeeded' }> {
  return answer !== null && answer !== 'loading' && answer.kind === 'consentNeeded';
}

/** Signs in with the permissions that are missing; the look-up goes on once they are granted. */
export function personAsk(state: State): State {
  const scopes = missingScopes(state);
  if (scopes.length === 0) return noticed(state, 'No permission is missing.');
  return startSignIn(state, state.settings.method ?? 'device-code', scopes);
}

/** After a sign-in: what was refused for want of a permission is asked again. */
export function personAgain(state: State): State {
  const { person } = state;
  if (person === null || missingScopes(state).length === 0) return state;
  const account = isRefused(person.account) ? 'loading' : person.account;
  const methods = isRefused(person.methods) ? 'loading' : person.methods;
  return { ...state, person: { ...person, account, methods }, overlay: { kind: 'person', scroll: 0 } };
}
