/** What stops a connection at the proxy, as errors that the real `Send` rejects with. They carry no user name or password. */
import { type ProxyInUse, proxyName, type UnusableProxy } from './proxy.ts';

export interface ProxyTrouble {
  readonly proxy: ProxyInUse;
  /** What the proxy answered; null when it could not be asked. */
  readonly status: number | null;
  /** The ways to sign in that a proxy offers with a 407, in lower case: `basic`, `negotiate`, `ntlm`. */
  readonly offers: readonly string[];
}

/** The proxy could not be reached (`cause` says why), or did not connect. */
export class ProxyError extends Error {
  readonly trouble: ProxyTrouble;

  constructor(trouble: ProxyTrouble, cause?: unknown) {
    const { proxy, status } = trouble;
    super(`${proxyName(proxy)} ${status === null ? 'could not be reached' : `answered HTTP ${status}`}`, { cause });
    this.name = 'ProxyError';
    this.trouble = trouble;
  }
}

/** The environment names a proxy that cannot be used. */
export class UnusableProxyError extends Error {
  constructor({ reason }: UnusableProxy) {
    super(reason);
    this.name = 'UnusableProxyError';
  }
}

/** The schemes in `Proxy-Authenticate`. https://www.rfc-editor.org/rfc/rfc9110#name-proxy-authenticate */
export function offersIn(header: string | readonly string[] | undefined): readonly string[] {
  const fields = typeof header === 'string' ? [header] : (header ?? []);
  const words = fields.flatMap((field) => [...field.matchAll(/(?:^|,)\s*([a-z][a-z0-9-]*)(?=\s+[^\s=]|\s*,|\s*$)/gi)]);
  return [...new Set(words.map(([, scheme]) => (scheme ?? '').toLowerCase()))];
}
