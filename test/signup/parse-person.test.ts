/** Accounts and methods out of whatever JSON comes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMethod, parsePerson } from '../../src/signup/parse-person.ts';

test('an account without anything but an id is still one', () => {
  expect(parsePerson({ id: 'u-1', identities: null, accountEnabled: 'yes' })).toEqual({
    userId: 'u-1',
    displayName: null,
    userPrincipalName: null,
    mail: null,
    identities: [],
    createdMs: null,
    creationType: null,
    userType: null,
    isEnabled: null,
    raw: { id: 'u-1', identities: null, accountEnabled: 'yes' },
  });
  expect(parsePerson({ id: '', displayName: 'Ana' })).toBe(null);
});

test.each([
  [{ '@odata.type': '#microsoft.graph.fido2AuthenticationMethod', displayName: 'Key' }, 'passkey (FIDO2)', 'Key'],
  [{ '@odata.type': '#microsoft.graph.phoneAuthenticationMethod', phoneNumber: '+47 XXX' }, 'phone', '+47 XXX'],
  [{ '@odata.type': '#microsoft.graph.newMethod' }, 'newMethod', null],
  [{}, 'unknown method', null],
])('a method %o is called %s', (row, called, detail) => {
  expect(parseMethod({ id: 'm-1', ...row })).toMatchObject({ called, detail });
});

test('nothing throws, whatever it is given', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      parsePerson(json);
      parseMethod(json);
    }),
  );
});
