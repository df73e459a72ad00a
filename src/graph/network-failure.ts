/** Why no answer came: from the errors of Node and undici to a reason. It must not phrase messages (see network-words.ts). */
import { redacted } from '../facts/redacted.ts';
import { ProxyError, type ProxyTrouble, UnusableProxyError } from './proxy-error.ts';

export type NetworkReason =
  | 'name'
  | 'refused'
  | 'dropped'
  | 'timeout'
  | 'certificate'
  | 'tls'
  /** The variable that should name a proxy does not hold an address that can be used. */
  | 'proxyAddress'
  /** The proxy wants a user name and password, or others than it got (407). */
  | 'proxySignIn'
  /** The proxy does not let anybody through to this host (403 and the like). */
  | 'proxyForbids'
  /** The proxy could not connect to the host (502 and the like). */
  | 'proxy'
  | 'other';

export interface NetworkFailure {
  readonly reason: NetworkReason;
  /** Node's or OpenSSL's code, e.g. `ECONNRESET`. */
  readonly code: string | null;
  /** The system's own words, for those who know them. */
  readonly detail: string;
  /** Set when it went wrong at the proxy, or on the way there. */
  readonly proxy?: ProxyTrouble;
}

const reasonOfCode: Readonly<Record<string, NetworkReason>> = {
  ENOTFOUND: 'name',
  EAI_AGAIN: 'name',
  EAI_FAIL: 'name',
  EAI_NODATA: 'name',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ENETDOWN: 'refused',
  EADDRNOTAVAIL: 'refused',
  EACCES: 'refused',
  ECONNRESET: 'dropped',
  EPIPE: 'dropped',
  ECONNABORTED: 'dropped',
  UND_ERR_SOCKET: 'dropped',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'dropped',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  TimeoutError: 'timeout',
  // https://nodejs.org/api/tls.html#x509-certificate-error-codes
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_CRL: 'certificate',
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: 'certificate',
  UNABLE_TO_DECRYPT_CRL_SIGNATURE: 'certificate',
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: 'certificate',
  CERT_SIGNATURE_FAILURE: 'certificate',
  CRL_SIGNATURE_FAILURE: 'certificate',
  CERT_NOT_YET_VALID: 'certificate',
  CERT_HAS_EXPIRED: 'certificate',
  CRL_NOT_YET_VALID: 'certificate',
  CRL_HAS_EXPIRED: 'certificate',
  ERROR_IN_CERT_NOT_BEFORE_FIELD: 'certificate',
  ERROR_IN_CERT_NOT_AFTER_FIELD: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  CERT_CHAIN_TOO_LONG: 'certificate',
  CERT_REVOKED: 'certificate',
  INVALID_CA: 'certificate',
  INVALID_PURPOSE: 'certificate',
  PATH_LENGTH_EXCEEDED: 'certificate',
  CERT_UNTRUSTED: 'certificate',
  CERT_REJECTED: 'certificate',
  HOSTNAME_MISMATCH: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  EPROTO: 'tls',
};

/** Codes come from outside: one may be the name of something that every object has. */
const reasons: ReadonlyMap<string, NetworkReason> = new Map(Object.entries(reasonOfCode));

/** Takes whatever a `Send` (or the reading of its body) rejected with. The innermost cause that is known decides. */
export function networkFailure(error: unknown): NetworkFailure {
  const chain = causes(error);
  const proxy = chain.find((cause) => cause instanceof ProxyError)?.trouble;
  const atProxy = proxy === undefined ? {} : { proxy };
  for (const cause of chain.toReversed()) {
    const code = codeOf(cause);
    const reason = reasonOf(cause, code);
    if (reason !== undefined) return { reason, code, detail: redacted(cause.message.trim()), ...atProxy };
  }
  const last = chain.at(-1);
  const detail = redacted(last?.message ?? String(error));
  return { reason: 'other', code: last ? codeOf(last) : null, detail, ...atProxy };
}

function reasonOf(cause: Error, code: string | null): NetworkReason | undefined {
  if (cause instanceof UnusableProxyError) return 'proxyAddress';
  if (cause instanceof ProxyError && cause.trouble.status !== null) return reasonOfProxyStatus(cause.trouble.status);
  if (code === null) return undefined;
  return reasons.get(code) ?? (/^ERR_(TLS|SSL)/.test(code) ? 'tls' : undefined);
}

/** 408 and 429 pass, like the errors of a server. */
function reasonOfProxyStatus(status: number): NetworkReason {
  if (status === 407) return 'proxySignIn';
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'proxyForbids' : 'proxy';
}

const MAX_DEPTH = 8;

function causes(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  let next = error;
  while (next instanceof Error && chain.length < MAX_DEPTH) {
    chain.push(next);
    // Node tries several addresses of a host and reports the failures together; the first speaks for all.
    next = next instanceof AggregateError && next.errors.length > 0 ? next.errors[0] : next.cause;
  }
  return chain;
}

function codeOf(error: Error): string | null {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return reasons.has(error.name) ? error.name : null;
}
