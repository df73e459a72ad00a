/**
 * Who is signed in, read from MSAL's cache text without loading MSAL, so that the name is there at once. The layout is
 * the cache format that all MSAL libraries share. It must not look at tokens.
 */
import type { AccountInfo } from '@azure/msal-node';
import type { Account } from '../facts/signing-in.ts';

/**
 * The account of the sign-in, as MSAL wants it back; null when the text holds none. For a guest the tenant is the one
 * that was signed in to (that of the ID token), not the home tenant that MSAL notes as the account's realm.
 */
export function savedAccount(text: string): AccountInfo | null {
  const cache: unknown = JSON.parse(text);
  const account = firstOf(cache, 'Account');
  const idToken = firstOf(cache, 'IdToken');
  const homeAccountId = textOf(account, 'home_account_id');
  const environment = textOf(account, 'environment');
  if (homeAccountId === null || environment === null) return null;
  return {
    homeAccountId,
    environment,
    tenantId: textOf(idToken, 'realm') ?? textOf(account, 'realm') ?? '',
    username: textOf(account, 'username') ?? '',
    localAccountId: textOf(account, 'local_account_id') ?? '',
  };
}

/** The part of MSAL's account that the program shows. `text`: the cache that it is in; null when that is not known. */
export function accountFact({ username, tenantId, homeAccountId }: AccountInfo, text: string | null): Account {
  const account = { username, tenantId, homeAccountId };
  return text === null || canRenew(text) ? account : { ...account, renews: false };
}

/**
 * Whether the cache holds a refresh token. Under security defaults some sign-ins by device code succeed without one
 * (https://github.com/mguessan/davmail/issues/510).
 */
function canRenew(text: string): boolean {
  const cache: unknown = JSON.parse(text);
  return textOf(firstOf(cache, 'RefreshToken'), 'home_account_id') !== null;
}

function firstOf(cache: unknown, section: 'Account' | 'IdToken' | 'RefreshToken'): unknown {
  if (typeof cache !== 'object' || cache === null) return null;
  const entries: unknown = Reflect.get(cache, section);
  return typeof entries === 'object' && entries !== null ? Object.values(entries)[0] : null;
}

function textOf(entry: unknown, field: string): string | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const value: unknown = Reflect.get(entry, field);
  return typeof value === 'string' && value !== '' ? value : null;
}
