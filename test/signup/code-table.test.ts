/** The table of codes: each code once, with what is known about where it comes from, and nothing that sends an admin astray. */
import { describe, expect, it } from 'vitest';
import { attemptCodes } from '../../src/signup/code-table/attempt.ts';
import { configurationCodes } from '../../src/signup/code-table/configuration.ts';
import { extensionCodes } from '../../src/signup/code-table/extension.ts';
import { federationCodes } from '../../src/signup/code-table/federation.ts';
import { genericCodes } from '../../src/signup/code-table/generic.ts';
import { policyCodes } from '../../src/signup/code-table/policy.ts';
import { serviceCodes } from '../../src/signup/code-table/service.ts';
import { explainCode, isExtensionCode } from '../../src/signup/codes.ts';

const tables = [
  attemptCodes,
  configurationCodes,
  extensionCodes,
  federationCodes,
  genericCodes,
  policyCodes,
  serviceCodes,
];
const rows = tables.flat();

/** The codes that Microsoft's page on failed sign-ups names; those of extensions have a page of their own. */
const namedForSignUps = [0, 50140, 50181, 50182, 399279, 1002013, 1002027];

describe('the table of codes', () => {
  it('has each code once', () => {
    const codes = rows.map(({ code }) => code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it('claims to be documented for sign-ups only what Microsoft names for them', () => {
    const documented = rows.filter(({ presence, code }) => presence === 'documented' && !isExtensionCode(code));
    expect(documented.map(({ code }) => code).sort((a, b) => a - b)).toEqual(namedForSignUps);
    expect(extensionCodes.every(({ presence }) => presence === 'documented')).toBe(true);
  });

  it('takes no code for one of an extension that is about something else', () => {
    for (const code of [1003013, 1003030, 1003031, 1003037, 1003039, 1100000, 1100001]) {
      expect(isExtensionCode(code), String(code)).toBe(false);
    }
    expect(isExtensionCode(1003000)).toBe(true);
    expect(isExtensionCode(1003027)).toBe(true);
  });

  it.each([
    [1003037, 'failure', 'person', /sign in the way you first signed up/],
    [50185, 'failure', 'admin', /could not send the code/],
    [50183, 'transient', 'microsoft', /request a new one/],
    [501811, 'failure', 'person', /newest e-mail/],
    [500346, 'failure', 'person', /sign in with a code/],
    [131010, 'configuration', 'admin', /do not have access/],
    [90088, 'configuration', 'admin', /another way/],
    [500881, 'transient', 'admin', /try again later/],
    [90036, 'failure', 'microsoft', /try again/],
  ])('%i is a %s that the %s can fix, with something to say', (code, kind, fixedBy, say) => {
    expect(explainCode(code)).toMatchObject({ kind, fixedBy, tellThePerson: expect.stringMatching(say) });
  });

  it('names permissions, applications and settings as they can be found', () => {
    expect(explainCode(1003021).explanation).toContain(' CustomAuthenticationExtension.Receive.Payload');
    for (const code of [1003017, 1003018]) {
      expect(explainCode(code).todo).toContain('99045fe1-7639-4a75-9d4a-577b6ca3810f');
      expect(explainCode(code).explanation).toContain('Azure AD Authentication Extensions');
    }
    for (const code of [1003002, 1003005, 1100001]) expect(explainCode(code).todo).toContain('ciamlogin.com');
    // Conditional Access has no such exclusion.
    expect(explainCode(53003).todo).not.toMatch(/exclude sign-ups/);
    // The commonest such account is a personal one.
    for (const code of [50020, 90072, 16003]) expect(explainCode(code).tellThePerson).not.toContain('work account');
    expect(explainCode(40015).explanation).toMatch(/client secret or the redirect URI/);
  });
});
