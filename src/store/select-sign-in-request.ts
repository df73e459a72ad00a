/** The signing in that the state asks for. */
import type { SignInMethod } from '../facts/signing-in.ts';
import type { State } from './state.ts';

export interface SignInRequest {
  readonly key: string;
  readonly method: SignInMethod;
  /** Permissions that are asked for besides the one for the log. */
  readonly scopes: readonly string[];
}

export function selectSignInRequest({ signIn, quitting }: State): SignInRequest | null {
  if (signIn.kind !== 'waiting' || quitting) return null;
  return { key: String(signIn.attempt), method: signIn.method, scopes: signIn.scopes };
}
