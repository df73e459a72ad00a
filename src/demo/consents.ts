/** Which permissions the client holds in the demo tenant: a sign-in grants what it asks for, a renewal grants nothing. */
import type { SignInError } from './sign-in-errors.ts';

const oidcScopes: ReadonlySet<string> = new Set(['openid', 'profile', 'offline_access', 'email']);

export class Consents {
  readonly #granted: Set<string>;
  #refusal: SignInError | null = null;

  constructor(granted: readonly string[]) {
    this.#granted = new Set(granted);
  }

  grant(permissions: readonly string[]): void {
    for (const permission of permissions) this.#granted.add(permission);
  }

  revoke(permissions: readonly string[]): void {
    for (const permission of permissions) this.#granted.delete(permission);
  }

  /** From now on a sign-in that asks for more than was granted ends with this error; null: it grants it. */
  refuse(error: SignInError | null): void {
    this.#refusal = error;
  }

  /** The person is asked to accept these scopes; gives the error of a sign-in in which they do not, or may not. */
  ask(scopes: readonly string[]): SignInError | null {
    const missing = this.#missing(scopes);
    if (missing.length > 0 && this.#refusal) return this.#refusal;
    this.grant(missing);
    return null;
  }

  /** What a renewal for these scopes is refused with, where nobody can be asked. */
  refusalOf(scopes: readonly string[]): SignInError | null {
    return this.#missing(scopes).length > 0 ? { code: 65001 } : null;
  }

  /** Graph's own scopes travel with or without the address of Graph. */
  #missing(scopes: readonly string[]): readonly string[] {
    return scopes
      .map((scope) => scope.slice(scope.lastIndexOf('/') + 1))
      .filter((permission) => !oidcScopes.has(permission) && !this.#granted.has(permission));
  }
}
