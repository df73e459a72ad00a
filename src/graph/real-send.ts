/**
 * The real `Send`: undici's fetch, through the proxy that the environment names (see proxy.ts). It must not follow
 * redirects or retry, and loads undici with the first request only. Extra certificate authorities come in by Node's
 * `NODE_EXTRA_CA_CERTS`.
 */
import type { Dispatcher } from 'undici';
import { type Environment, type ProxyInUse, proxyAuthorization, proxyRoute } from './proxy.ts';
import { offersIn, ProxyError, UnusableProxyError } from './proxy-error.ts';
import type { Send } from './send.ts';
import { onceSent } from './sent-signal.ts';

export interface RealSendOptions {
  /** Where proxies are named; that of this process when not given. */
  readonly environment?: Environment;
  /** Certificate authorities (PEM) to trust instead of Node's own. */
  readonly ca?: string;
  /** Longest wait for a connection, and for the proxy to make one. */
  readonly connectTimeoutMs?: number;
  /** Longest wait for the headers, and between two pieces of the body. */
  readonly progressTimeoutMs?: number;
}

/** A connection that takes longer will not come: a firewall drops what it blocks without a word. */
const CONNECT_TIMEOUT_MS = 20_000;
const PROGRESS_TIMEOUT_MS = 60_000;
/** Statuses whose answers have no body by definition; `Response` insists on it. */
const BODILESS = new Set([101, 204, 205, 304]);

type Undici = typeof import('undici');

/** Gives a `Send` that rejects with undici's errors when no answer comes, and with those of proxy-error.ts at a proxy. */
export function createRealSend(options: RealSendOptions = {}): Send {
  const { environment = process.env } = options;
  /** One for each proxy, and one without: they keep connections open. */
  const dispatchers = new Map<string, Dispatcher>();
  let loading: Promise<Undici> | null = null;
  return async (request, onSent) => {
    const route = proxyRoute(request.url, environment);
    if (route.kind === 'unusable') throw new UnusableProxyError(route);
    loading ??= import('undici');
    const undici = await loading;
    const proxy = route.kind === 'proxy' ? route.proxy : null;
    const key = proxy?.variable ?? '';
    const dispatcher = dispatchers.get(key) ?? dispatcherFor(proxy, undici, options, environment);
    dispatchers.set(key, dispatcher);
    const requestId = request.headers.get('client-request-id');
    const forget = onSent && requestId !== null ? onceSent(requestId, onSent) : null;
    const body = request.body === null ? null : await request.arrayBuffer();
    const answer = await undici
      .fetch(request.url, {
        method: request.method,
        headers: [...request.headers],
        body,
        signal: request.signal,
        redirect: 'manual',
        dispatcher,
      })
      .finally(() => forget?.());
    return new Response(BODILESS.has(answer.status) ? null : answer.body, {
      status: answer.status,
      statusText: answer.statusText,
      headers: [...answer.headers],
    });
  };
}

function dispatcherFor(
  proxy: ProxyInUse | null,
  { Agent, ProxyAgent, Pool }: Undici,
  options: RealSendOptions,
  environment: Environment,
): Dispatcher {
  const { ca, connectTimeoutMs = CONNECT_TIMEOUT_MS, progressTimeoutMs = PROGRESS_TIMEOUT_MS } = options;
  const connect = { timeout: connectTimeoutMs, ...(ca === undefined ? {} : { ca }) };
  const timeouts = { headersTimeout: progressTimeoutMs, bodyTimeout: progressTimeoutMs };
  if (proxy === null) return new Agent({ ...timeouts, connect });
  const authorization = proxyAuthorization(proxy.variable, environment);
  return new ProxyAgent({
    uri: proxy.address,
    ...(authorization === null ? {} : { token: authorization }),
    ...timeouts,
    requestTls: connect,
    proxyTls: connect,
    clientFactory: (origin, settings) => {
      const pool = new Pool(origin, { ...settings, headersTimeout: connectTimeoutMs });
      const connectThrough: Connect = pool.connect;
      return Object.assign(pool, { connect: tellingApart(connectThrough.bind(pool), proxy) });
    },
  });
}

type Connect = (wish: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData>;

/** Makes the errors of connecting through a proxy say that the proxy is where it went wrong. */
function tellingApart(connect: Connect, proxy: ProxyInUse): Connect {
  return async (wish) => {
    const answer = await connect(wish).catch((cause: unknown) => {
      throw new ProxyError({ proxy, status: null, offers: [] }, cause);
    });
    if (answer.statusCode === 200) return answer;
    answer.socket.on('error', () => undefined).destroy();
    const offers = offersIn(answer.headers['proxy-authenticate']);
    throw new ProxyError({ proxy, status: answer.statusCode, offers });
  };
}
