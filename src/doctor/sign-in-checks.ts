/** Checks of the saved sign-in: whose it is, whether it gives a token, and what the token is good for. Pure. */
import type { Problem } from '../facts/problem.ts';
import type { Account } from '../facts/signing-in.ts';
import { refusalOf } from '../graph/refusals.ts';
import { directoryRole } from './directory-roles.ts';
import { type Finding, fail, failWith, pass, skipped, warn } from './finding.ts';
import type { TokenClaims } from './token-claims.ts';

export function accountCheck(account: Account | null, problem: Problem | null, loginCommand: string): Finding {
  if (account !== null) return pass('sign-in', `${account.username}, tenant ${account.tenantId}`);
  const found = problem === null ? 'Nobody is signed in.' : `Nobody is signed in: ${problem.title}`;
  return fail('sign-in', 'signIn', found, `Sign in with: ${loginCommand}`);
}

/** A token that could not be had. `problem` says why. */
export function noTokenCheck(problem: Problem, loginCommand: string): Finding {
  const finding = failWith('token', problem);
  return problem.kind === 'signIn' ? { ...finding, fix: `${finding.fix} The command: ${loginCommand}` } : finding;
}

/** A token that could be had. `renews`: whether the sign-in can get another when it ends. */
export function tokenCheck(claims: TokenClaims | null, nowMs: number, renews: boolean, loginCommand: string): Finding {
  const found = tokenText(claims, nowMs);
  if (renews) return pass('token', claims?.expiresAtMs ? `${found}, then renewed automatically` : found);
  const fix = `Sign in by browser instead: ${loginCommand} --auth browser`;
  return warn('token', `${found}. It cannot be renewed: Entra gave no refresh token with this sign-in.`, fix);
}

function tokenText(claims: TokenClaims | null, nowMs: number): string {
  if (claims === null) return 'there is one; its contents cannot be read, which is normal for some tokens';
  if (claims.expiresAtMs === null) return 'there is one';
  const minutes = Math.floor((claims.expiresAtMs - nowMs) / 60_000);
  return minutes < 1 ? 'there is one; it ends now' : `good for ${minutes} min`;
}

const NEEDED = 'AuditLog.Read.All';
const MOST_SHOWN = 4;

export function permissionsCheck(claims: TokenClaims | null): Finding {
  const name = 'permissions';
  if (claims === null || claims.scopes.length === 0) return skipped(name, 'the token does not say which it has');
  const { scopes } = claims;
  if (scopes.includes(NEEDED)) {
    const others = scopes.filter((scope) => scope !== NEEDED);
    return pass(name, listText([NEEDED, ...others], MOST_SHOWN));
  }
  const error = { status: 403, code: 'Authentication_MSGraphPermissionMissing', message: NEEDED, requestId: null };
  const found = `${NEEDED} is missing; the token has ${listText(scopes, MOST_SHOWN)}`;
  return fail(name, 'refused', found, refusalOf(error).todo);
}

export function roleCheck(claims: TokenClaims | null): Finding {
  const name = 'role';
  const roleIds = claims?.roleIds ?? null;
  if (roleIds === null) return skipped(name, 'the token does not say; the calls below show whether it is enough');
  const roles = roleIds.map(directoryRole);
  const known = roles.filter((role) => role !== null);
  const unknown = roles.length - known.length;
  const names = [...known.map((role) => role.name), ...(unknown === 0 ? [] : [`${unknown} not known here`])];
  if (known.some(({ readsLogs }) => readsLogs)) return pass(name, listText(names, MOST_SHOWN));
  const error = { status: 403, code: 'Authentication_RequestFromUnsupportedUserRole', message: '', requestId: null };
  const has = names.length === 0 ? 'the token names none' : `the token names ${listText(names, MOST_SHOWN)}`;
  const found = `no role that is known to read activity logs; ${has}. The calls below decide.`;
  return warn(name, found, refusalOf(error).todo);
}

function listText(words: readonly string[], most: number): string {
  const rest = words.length - most;
  return rest > 0 ? `${words.slice(0, most).join(', ')} and ${rest} more` : words.join(', ');
}
