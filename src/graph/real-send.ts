/**
 * The real `Send`: undici's fetch, through the proxy that the environment names (`HTTPS_PROXY`, `NO_PROXY`). It must not
 * follow redirects or retry, and loads undici with the first request only. Certificates of one's own come in by Node's
 * `NODE_EXTRA_CA_CERTS`.
 */
import { PROXY_ADDRESS_CODE } from './network-failure.ts';
import type { Send } from './send.ts';

export interface RealSendOptions {
  /** Certificate authorities (PEM) to trust instead of Node's own. */
  readonly ca?: string;
  /** Longest wait for the connection, the headers, and between two pieces of the body. */
  readonly progressTimeoutMs?: number;
}

const PROGRESS_TIMEOUT_MS = 60_000;
/** Statuses whose answers have no body by definition; `Response` insists on it. */
const BODILESS = new Set([101, 204, 205, 304]);

/** Gives a `Send` that rejects with undici's errors when no answer comes. */
export function createRealSend(options: RealSendOptions = {}): Send {
  let loading: ReturnType<typeof loadFetch> | null = null;
  return async (request) => {
    loading ??= loadFetch(options);
    const { fetch, dispatcher } = await loading;
    const answer = await fetch(request.url, {
      method: request.method,
      headers: [...request.headers],
      body: request.body === null ? null : await request.arrayBuffer(),
      signal: request.signal,
      redirect: 'manual',
      dispatcher,
    });
    return new Response(BODILESS.has(answer.status) ? null : answer.body, {
      status: answer.status,
      statusText: answer.statusText,
      headers: [...answer.headers],
    });
  };
}

async function loadFetch({ ca, progressTimeoutMs = PROGRESS_TIMEOUT_MS }: RealSendOptions) {
  const { fetch, EnvHttpProxyAgent } = await import('undici');
  const tls = ca === undefined ? {} : { ca };
  try {
    const dispatcher = new EnvHttpProxyAgent({
      headersTimeout: progressTimeoutMs,
      bodyTimeout: progressTimeoutMs,
      connect: { timeout: progressTimeoutMs, ...tls },
      requestTls: { timeout: progressTimeoutMs, ...tls },
      proxyTls: { timeout: progressTimeoutMs, ...tls },
    });
    return { fetch, dispatcher };
  } catch (cause) {
    // The constructor fails for one reason: the address of the proxy.
    throw Object.assign(new Error('the address of the proxy cannot be used', { cause }), { code: PROXY_ADDRESS_CODE });
  }
}
