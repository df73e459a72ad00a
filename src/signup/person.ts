/**
 * A person of the directory: the account that a sign-up makes, or that stands in its way.
 * Field names and shapes: https://learn.microsoft.com/graph/api/resources/user, …/objectidentity, …/authenticationmethod
 */
import type { JsonObject } from './event.ts';

/** One way in which an account is known: an address of its own, or what an identity provider calls the person. */
export interface PersonIdentity {
  /** `emailAddress`, `federated`, `userPrincipalName`, `userName` …: an open set. */
  readonly signInType: string;
  /** The default domain of the tenant for local accounts, else the provider, such as `google.com`. */
  readonly issuer: string;
  readonly assignedId: string;
}

export interface Person {
  readonly userId: string;
  readonly displayName: string | null;
  readonly userPrincipalName: string | null;
  readonly mail: string | null;
  readonly identities: readonly PersonIdentity[];
  /** Milliseconds since the epoch, UTC. */
  readonly createdMs: number | null;
  /** Graph's text, such as `LocalAccount`. */
  readonly creationType: string | null;
  readonly userType: string | null;
  readonly isEnabled: boolean | null;
  /** The object exactly as Graph sent it. */
  readonly raw: JsonObject;
}

/** How somebody proves who they are. */
export interface PersonMethod {
  readonly id: string;
  /** Graph's type without `#microsoft.graph.`, e.g. `emailAuthenticationMethod`: an open set. */
  readonly type: string;
  /** In plain words, e.g. `e-mail`; the type where nobody has named it. */
  readonly called: string;
  /** The address or (masked) number, where there is one. */
  readonly detail: string | null;
  readonly createdMs: number | null;
}
