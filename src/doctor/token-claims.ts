/**
 * What a token of Graph says about what it is good for. Microsoft calls such tokens opaque: so nothing here is relied on,
 * a token that cannot be read is no failure, and of one that can be read nothing but these three claims gets out.
 * https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
import { member, textMember } from '../graph/json-member.ts';

export interface TokenClaims {
  /** The permissions (`scp`). */
  readonly scopes: readonly string[];
  /** Template IDs of directory roles (`wids`); null when the token does not say. */
  readonly roleIds: readonly string[] | null;
  readonly expiresAtMs: number | null;
}

/** Marks an account that belongs to the tenant; it is no role. */
const MEMBER_OF_TENANT = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

/** Takes a token as it goes to Graph; null when it is no JWT. The signature is not checked: Graph does that. */
export function tokenClaims(token: string): TokenClaims | null {
  const claims = payloadOf(token);
  if (claims === null) return null;
  const expires = member(claims, 'exp');
  const roleIds = member(claims, 'wids');
  return {
    scopes: (textMember(claims, 'scp') ?? '').split(' ').filter((scope) => scope !== ''),
    roleIds: Array.isArray(roleIds)
      ? roleIds.filter((id) => typeof id === 'string').filter((id) => id !== MEMBER_OF_TENANT)
      : null,
    expiresAtMs: typeof expires === 'number' ? expires * 1000 : null,
  };
}

function payloadOf(token: string): object | null {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return typeof claims === 'object' ? claims : null;
  } catch {
    return null;
  }
}
