/**
 * A user flow: how people sign up at some of the applications. An event of the log does not name its flow, so a flow is
 * known by its applications; an application belongs to at most one flow.
 */

export interface UserFlow {
  /** GUID. */
  readonly id: string;
  /** Its ID where Graph gives no name. */
  readonly displayName: string;
  readonly description: string | null;
  /** It is for every application of the tenant; `appIds` does not count then. */
  readonly includesAllApplications: boolean;
  /** GUIDs of its applications, in lower case. */
  readonly appIds: readonly string[];
  /** Names of the ways to sign up that it offers, e.g. `Google`. */
  readonly identityProviders: readonly string[];
}
