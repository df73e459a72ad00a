/** Looking a person up: what is asked, with which permission, and what the screen says. */
import { describe, expect, it } from 'vitest';
import type { PersonOutcome } from '../../src/facts/person.ts';
import { type PersonAnswer, selectPersonRequest } from '../../src/store/person.ts';
import { selectSignInRequest } from '../../src/store/select-sign-in-request.ts';
import type { State } from '../../src/store/state.ts';
import { personLines } from '../../src/ui/person-lines.ts';
import { eventOf, guid } from '../support/events.ts';
import { pressed, reduced, signedInState, withEvents } from '../support/states.ts';

const who = 'ana@example.org';
const created = () =>
  withEvents(signedInState(), [
    eventOf({ n: 1, correlation: 1, who }),
    eventOf({ n: 2, correlation: 1, who, stage: 'userCreation' }),
  ]);
const failed = () => withEvents(signedInState(), [eventOf({ n: 3, who, stage: 'userCreation', code: 399279 })]);

const found: PersonOutcome = {
  kind: 'found',
  person: {
    userId: guid(77),
    displayName: 'Ana \u001b[2J',
    userPrincipalName: 'x@contoso.example',
    mail: null,
    identities: [{ signInType: 'federated', issuer: 'google.com', assignedId: '1234' }],
    createdMs: Date.UTC(2026, 10, 20, 8, 30),
    creationType: 'LocalAccount',
    userType: 'Member',
    isEnabled: false,
    raw: {},
  },
};
const consent = (scope: string): Extract<PersonOutcome, { kind: 'consentNeeded' }> => ({
  kind: 'consentNeeded',
  scopes: [scope],
  problem: { kind: 'refused', title: `Consent: ${scope}.`, meaning: '', todo: 'Ask.', code: null, requestId: null },
});

function answered(state: State, answer: PersonAnswer): State {
  return reduced(state, { type: 'person.told', requestKey: selectPersonRequest(state)?.key ?? '', answer });
}

const textOf = (state: State) =>
  personLines(state, 100)
    .map((line) => line.map(({ text }) => text).join(''))
    .join('\n');

describe('a person', () => {
  it('is looked up by the account that the attempt made, from any of its events, and then their methods', () => {
    expect(selectPersonRequest(created())).toBeNull();
    const open = pressed(created(), 'G p');
    expect(selectPersonRequest(open)).toMatchObject({ what: 'account', userId: guid(3_000_002) });
    const known = answered(open, { what: 'account', outcome: found });
    expect(selectPersonRequest(known)).toMatchObject({ what: 'methods', userId: guid(77) });
    const methods = [{ id: 'm', type: 'emailAuthenticationMethod', called: 'e-mail', detail: who, createdMs: null }];
    const all = answered(known, { what: 'methods', outcome: { kind: 'read', methods } });
    expect(selectPersonRequest(all)).toBeNull();
    const text = textOf(all);
    for (const part of [
      'federated at google.com: 1234',
      'e-mail: ana@example.org',
      '2026-11-20 08:30:00',
      'disabled',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('\u001b');
  });

  it('whose attempt failed is looked for by the address: there may be an account already', () => {
    const open = pressed(failed(), 'p');
    expect(selectPersonRequest(open)).toMatchObject({ what: 'address', address: who });
    expect(textOf(answered(open, { what: 'address', outcome: found }))).toContain('an account has this address');
    expect(textOf(answered(open, { what: 'address', outcome: { kind: 'nobody' } }))).toContain('none has the address');
  });

  it('needs a permission of its own, which C asks for; then what was refused is asked again', () => {
    const refused = answered(pressed(created(), 'p'), { what: 'account', outcome: consent('User.Read.All') });
    expect(selectPersonRequest(refused)).toBeNull();
    expect(textOf(refused)).toContain('C          signs in with User.Read.All as well');
    const asking = pressed(refused, 'C');
    expect(selectSignInRequest(asking)).toMatchObject({ scopes: ['User.Read.All'] });
    const requestKey = selectSignInRequest(asking)?.key ?? '';
    const account = { username: who, tenantId: 't', homeAccountId: 'h' };
    const granted = reduced(asking, {
      type: 'signIn.told',
      requestKey,
      fact: { type: 'signIn.succeeded', account, notSaved: null },
    });
    expect(selectPersonRequest(granted)).toMatchObject({ what: 'account' });
    const cancelled = pressed(asking, 'esc');
    expect([cancelled.signIn.kind, cancelled.overlay]).toEqual(['signedIn', null]);
    expect(cancelled.log.size).toBe(2);
  });

  it('is shown as far as is known when only the methods are refused', () => {
    const known = answered(pressed(created(), 'p'), { what: 'account', outcome: found });
    const partly = answered(known, { what: 'methods', outcome: consent('UserAuthenticationMethod.Read.All') });
    expect(textOf(partly)).toContain('federated at google.com');
    expect(selectSignInRequest(pressed(partly, 'C'))).toMatchObject({ scopes: ['UserAuthenticationMethod.Read.All'] });
  });

  it('that nobody asks about any more is forgotten, and a late answer is dropped', () => {
    const open = pressed(created(), 'p');
    const requestKey = selectPersonRequest(open)?.key ?? '';
    const closed = pressed(open, 'esc');
    const late = reduced(closed, { type: 'person.told', requestKey, answer: { what: 'account', outcome: found } });
    expect([late.person, late.overlay]).toEqual([null, null]);
  });
});
