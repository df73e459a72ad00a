/**
 * Which proxy the environment names for an address: the variables that curl reads, in its order. Pure. Everything here
 * can be shown, except what `proxyAuthorization` gives.
 * https://everything.curl.dev/usingcurl/proxies/env.html
 */
import { isExcepted } from './no-proxy.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ProxyInUse {
  /** Scheme, host and port, never with a user name or password. */
  readonly address: string;
  /** The variable that names it. */
  readonly variable: string;
  readonly hasCredentials: boolean;
}

export interface UnusableProxy {
  readonly variable: string;
  /** A sentence that says what is wrong, without the value: there may be a password in it. */
  readonly reason: string;
}

export type ProxyRoute =
  | { readonly kind: 'direct'; readonly because: 'none' | 'noProxy' }
  | { readonly kind: 'proxy'; readonly proxy: ProxyInUse }
  | ({ readonly kind: 'unusable' } & UnusableProxy);

/**
 * Every address that we ask is https. curl leaves `HTTP_PROXY` to http; npm and Node take it where nothing else is set.
 * An empty variable counts as not set.
 */
const variables = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'http_proxy', 'HTTP_PROXY'];

/** Takes a whole https address. */
export function proxyRoute(url: string, environment: Environment): ProxyRoute {
  const variable = variables.find((name) => textOf(name, environment) !== '');
  if (variable === undefined) return { kind: 'direct', because: 'none' };
  const noProxy = textOf('no_proxy', environment) || textOf('NO_PROXY', environment);
  if (isExcepted(new URL(url), noProxy)) return { kind: 'direct', because: 'noProxy' };
  const text = textOf(variable, environment);
  const reason = whyUnusable(text, variable);
  const address = addressIn(text);
  if (reason !== null || address === null) {
    return { kind: 'unusable', variable, reason: reason ?? `${variable} does not hold the address of a proxy.` };
  }
  const { protocol, host, username, password } = address;
  const hasCredentials = username !== '' || password !== '';
  return { kind: 'proxy', proxy: { address: `${protocol}//${host}`, variable, hasCredentials } };
}

/** The first of these addresses whose proxy cannot be used, or null. */
export function unusableProxy(urls: readonly string[], environment: Environment): UnusableProxy | null {
  const routes = urls.map((url) => proxyRoute(url, environment));
  return routes.find((route) => route.kind === 'unusable') ?? null;
}

/** The proxies for these addresses in words; one for all where they do not differ. */
export function routesText(urls: readonly string[], environment: Environment): string {
  const routes = urls.map((url) => ({ host: new URL(url).host, told: routeText(proxyRoute(url, environment)) }));
  const [first, ...others] = new Set(routes.map(({ told }) => told));
  return first !== undefined && others.length === 0
    ? first
    : routes.map(({ host, told }) => `${host}: ${told}`).join('; ');
}

function routeText(route: ProxyRoute): string {
  switch (route.kind) {
    case 'proxy': {
      const { address, variable, hasCredentials } = route.proxy;
      return `${address} (${variable}${hasCredentials ? '; its user name and password are not shown' : ''})`;
    }
    case 'direct':
      return route.because === 'none' ? 'none' : 'none, because of NO_PROXY';
    case 'unusable':
      return route.reason;
  }
}

/** The value of the header `Proxy-Authorization`, a secret; null where the variable holds no user name and password. */
export function proxyAuthorization(variable: string, environment: Environment): string | null {
  const address = addressIn(textOf(variable, environment));
  if (address === null || (address.username === '' && address.password === '')) return null;
  const credentials = Buffer.concat([decoded(address.username), Buffer.from(':'), decoded(address.password)]);
  return `Basic ${credentials.toString('base64')}`;
}

/** Where to go on the way to `proxy`, and how it is called in a sentence. */
export function proxyName({ address, variable }: ProxyInUse): string {
  return `the proxy ${address} (${variable})`;
}

function textOf(name: string, environment: Environment): string {
  return environment[name]?.trim() ?? '';
}

/** Without a scheme it is http, as for curl. Null when it is no address. */
function addressIn(text: string): URL | null {
  const whole = schemeIn(text) === null ? `http://${text}` : text;
  // Windows accounts are written DOMAIN\name, and an address parser takes the backslash for the end of the host.
  const escaped = whole.replaceAll('\\', '%5C');
  if (!URL.canParse(escaped)) return null;
  const address = new URL(escaped);
  // A password with a bare / ? or # ends the host too early, and what follows holds the @.
  const rest = `${address.pathname}${address.search}${address.hash}`;
  return address.hostname === '' || address.port === '0' || rest.includes('@') ? null : address;
}

function whyUnusable(text: string, variable: string): string | null {
  const scheme = schemeIn(text);
  if (scheme?.startsWith('socks')) return `${variable} names a SOCKS proxy (${scheme}://), which is not supported.`;
  if (scheme !== null && scheme !== 'http' && scheme !== 'https') {
    return `${variable} begins with ${scheme}://, and only proxies at http:// and https:// are supported.`;
  }
  return null;
}

function schemeIn(text: string): string | null {
  return /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase() ?? null;
}

/** The bytes of a percent-encoded text; a % that begins no such code stands for itself. */
function decoded(text: string): Buffer {
  const parts = text.split(/(%[0-9a-f]{2})/i);
  return Buffer.concat(
    parts.map((part) => (/^%[0-9a-f]{2}$/i.test(part) ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part))),
  );
}
