/** What is read out of a token, and that nothing else is. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenClaims } from '../../src/doctor/token-claims.ts';

function tokenWith(claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.signature`;
}

describe('a token', () => {
  test('tells its permissions, its roles and its end', () => {
    const claims = {
      scp: 'AuditLog.Read.All User.Read',
      wids: ['a', 'b'],
      exp: 1000,
      upn: 'ana@example.org',
      oid: 'x',
    };
    expect(tokenClaims(tokenWith(claims))).toEqual({
      scopes: ['AuditLog.Read.All', 'User.Read'],
      roleIds: ['a', 'b'],
      expiresAtMs: 1_000_000,
    });
  });

  test('that names no roles does not say that there are none', () => {
    expect(tokenClaims(tokenWith({ scp: 'User.Read' }))?.roleIds).toBeNull();
  });

  test('does not count belonging to the tenant as a role', () => {
    expect(tokenClaims(tokenWith({ wids: ['b79fbf4d-3ef9-4689-8143-76b194e85509'] }))?.roleIds).toEqual([]);
  });

  test('of another shape is no failure', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.jsonValue().map(tokenWith)), (token) => {
        const claims = tokenClaims(token);
        if (claims !== null) expect(Object.keys(claims)).toEqual(['scopes', 'roleIds', 'expiresAtMs']);
      }),
    );
  });
});
