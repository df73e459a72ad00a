/**
 * Which proxy a request goes through: the rules of undici's `EnvHttpProxyAgent`, which sends the requests, retold. Pure;
 * what it gives never has a user name or a password in it.
 */
import type { Environment } from './patient.ts';

export type ProxyRoute =
  | { readonly kind: 'direct'; readonly because: 'none' | 'noProxy' }
  | { readonly kind: 'proxy'; readonly address: string; readonly variable: string; readonly hasPassword: boolean }
  /** The variable holds no address. */
  | { readonly kind: 'unusable'; readonly variable: string };

/** Lower case goes before upper case, and the variable for https before that for http. */
const httpsVariables = [['https_proxy', 'HTTPS_PROXY'] as const, ['http_proxy', 'HTTP_PROXY'] as const];

export function proxyRoute(url: string, environment: Environment): ProxyRoute {
  const variable = httpsVariables.map((names) => setOf(names, environment)).find((name) => name !== null) ?? null;
  if (variable === null) return { kind: 'direct', because: 'none' };
  const text = environment[variable] ?? '';
  if (!URL.canParse(text)) return { kind: 'unusable', variable };
  if (isExcepted(new URL(url), environment)) return { kind: 'direct', because: 'noProxy' };
  const { protocol, host, username, password } = new URL(text);
  if (!/^https?:$/.test(protocol)) return { kind: 'unusable', variable };
  return { kind: 'proxy', address: `${protocol}//${host}`, variable, hasPassword: username !== '' || password !== '' };
}

/** The first of two names that is there at all counts, and says nothing when it is empty. */
function setOf(names: readonly [string, string], environment: Environment): string | null {
  const name = names.find((one) => environment[one] !== undefined);
  return name !== undefined && environment[name] !== '' ? name : null;
}

function isExcepted({ hostname, port }: URL, environment: Environment): boolean {
  const text = environment.no_proxy ?? environment.NO_PROXY ?? '';
  if (text === '*') return true;
  return text.split(/[,\s]/).some((entry) => {
    const [, name = entry, entryPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
    const domain = name.replace(/^\*?\./, '').toLowerCase();
    if (domain === '' || (entryPort !== undefined && entryPort !== (port || '443'))) return false;
    return hostname === domain || hostname.endsWith(`.${domain}`);
  });
}
