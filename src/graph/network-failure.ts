/** Why no answer came: from the errors of Node and undici to a reason. It must not phrase messages (see problems.ts). */

export type NetworkReason = 'name' | 'refused' | 'dropped' | 'timeout' | 'certificate' | 'tls' | 'proxy' | 'other';

export interface NetworkFailure {
  readonly reason: NetworkReason;
  /** Node's or OpenSSL's code, e.g. `ECONNRESET`. */
  readonly code: string | null;
  /** The system's own words, for those who know them. */
  readonly detail: string;
}

/** Code of the error that the real `Send` rejects with when the proxy's address makes no sense. */
export const PROXY_ADDRESS_CODE = 'ERR_PROXY_ADDRESS';

const reasonOfCode: Readonly<Record<string, NetworkReason>> = {
  ENOTFOUND: 'name',
  EAI_AGAIN: 'name',
  EAI_FAIL: 'name',
  EAI_NODATA: 'name',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ENETDOWN: 'refused',
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
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  CERT_HAS_EXPIRED: 'certificate',
  CERT_NOT_YET_VALID: 'certificate',
  CERT_REVOKED: 'certificate',
  CERT_UNTRUSTED: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  EPROTO: 'tls',
  UND_ERR_PRX_TLS: 'proxy',
  [PROXY_ADDRESS_CODE]: 'proxy',
};

/** Takes whatever a `Send` (or the reading of its body) rejected with. The innermost cause that is known decides. */
export function networkFailure(error: unknown): NetworkFailure {
  const chain = causes(error);
  for (const cause of chain.toReversed()) {
    const code = codeOf(cause);
    // undici says this, without a code of its own, when a proxy refuses to connect through.
    if (cause.message.startsWith('Proxy response (')) return { reason: 'proxy', code, detail: cause.message };
    const reason =
      code === null ? undefined : (reasonOfCode[code] ?? (/^ERR_(TLS|SSL)/.test(code) ? 'tls' : undefined));
    if (reason) return { reason, code, detail: cause.message };
  }
  const last = chain.at(-1);
  return { reason: 'other', code: last ? codeOf(last) : null, detail: last?.message ?? String(error) };
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
  return error.name in reasonOfCode ? error.name : null;
}
