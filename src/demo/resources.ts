/** Which resource of Graph a path names, and what it takes to read it. Data. */
import type { refusals } from './graph-answers.ts';

export type LogName = 'signUps' | 'signIns' | 'directoryAudits' | 'provisioning';

export type Resource =
  | { readonly kind: 'log'; readonly log: LogName; readonly version: 'v1.0' | 'beta'; readonly id: string | null }
  | { readonly kind: 'userFlows' }
  | { readonly kind: 'flowApplications'; readonly id: string }
  | { readonly kind: 'users' }
  | { readonly kind: 'user' | 'authenticationMethods'; readonly id: string };

/** What a resource takes, and how Graph refuses a token without it: the logs and the directory have their own words. */
export interface Door {
  readonly scope: string;
  readonly refusal: keyof typeof refusals;
}

const doors: Readonly<Record<Resource['kind'], Door>> = {
  log: { scope: 'AuditLog.Read.All', refusal: 'permission' },
  userFlows: { scope: 'EventListener.Read.All', refusal: 'privileges' },
  flowApplications: { scope: 'EventListener.Read.All', refusal: 'privileges' },
  users: { scope: 'User.Read.All', refusal: 'privileges' },
  user: { scope: 'User.Read.All', refusal: 'privileges' },
  authenticationMethods: { scope: 'UserAuthenticationMethod.Read.All', refusal: 'privileges' },
};

const VERSION = '(v1\\.0|beta)';
const ID = '([^/]+)';

const paths: readonly (readonly [RegExp, (version: 'v1.0' | 'beta', id: string | null) => Resource | null])[] = [
  // The sign-up log has a preview only.
  [
    pathOf(`auditlogs/signups(?:/${ID})?`),
    (version, id) => (version === 'beta' ? { kind: 'log', log: 'signUps', version, id } : null),
  ],
  [pathOf(`auditlogs/signins(?:/${ID})?`), (version, id) => ({ kind: 'log', log: 'signIns', version, id })],
  [
    pathOf(`auditlogs/directoryaudits(?:/${ID})?`),
    (version, id) => ({ kind: 'log', log: 'directoryAudits', version, id }),
  ],
  [pathOf('auditlogs/provisioning'), (version) => ({ kind: 'log', log: 'provisioning', version, id: null })],
  [pathOf('identity/authenticationeventsflows'), () => ({ kind: 'userFlows' })],
  [
    pathOf(`identity/authenticationeventsflows/${ID}/conditions/applications/includeapplications`),
    (_, id) => ({ kind: 'flowApplications', id: id ?? '' }),
  ],
  [pathOf('users'), (version) => (version === 'v1.0' ? { kind: 'users' } : null)],
  [pathOf(`users/${ID}`), (version, id) => (version === 'v1.0' ? { kind: 'user', id: id ?? '' } : null)],
  [
    pathOf(`users/${ID}/authentication/methods`),
    (version, id) => (version === 'v1.0' ? { kind: 'authenticationMethods', id: id ?? '' } : null),
  ],
];

/** Null when there is nothing at the path. */
export function resourceAt(pathname: string): Resource | null {
  for (const [pattern, resource] of paths) {
    const match = pattern.exec(pathname);
    if (!match) continue;
    return resource(match[1]?.toLowerCase() === 'beta' ? 'beta' : 'v1.0', match[2] ?? null);
  }
  return null;
}

export function doorOf({ kind }: Resource): Door {
  return doors[kind];
}

function pathOf(rest: string): RegExp {
  return new RegExp(`^/${VERSION}/${rest}/?$`, 'i');
}
