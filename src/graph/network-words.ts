/** From the reason why no answer came to plain words, once for reading, signing in and the doctor. Pure. */
import type { NetworkFailure } from './network-failure.ts';
import { proxyName, type UnusableProxy } from './proxy.ts';

export interface Wanted {
  /** Who should have answered, as in "the connection to {service} was refused". */
  readonly service: string;
  /** The option that says where it is, e.g. `--graph-url`. */
  readonly option: string;
}

export interface NetworkWords {
  /** A sentence: what happened. */
  readonly what: string;
  /** What to do about it, in a sentence or two. */
  readonly todo: string;
}

/** Where it went wrong at the proxy, or on the way there, it is the proxy that is named. */
export function networkWords(failure: NetworkFailure, { service, option }: Wanted): NetworkWords {
  const { proxy } = failure;
  const who = proxy === undefined ? service : proxyName(proxy.proxy);
  const settings = proxy === undefined ? [option, 'HTTPS_PROXY'] : [proxy.proxy.variable];
  const check = (...things: readonly string[]) => `check ${list([...things, ...settings])}`;
  switch (failure.reason) {
    case 'name': {
      const viaProxy = ' Where only a proxy reaches the internet, HTTPS_PROXY=http://HOST:PORT must be set.';
      return {
        what: `The name of ${who} could not be looked up (DNS).`,
        todo: `${capital(check('the network'))}.${proxy === undefined ? viaProxy : ''}`,
      };
    }
    case 'refused':
      return {
        what: `The connection to ${who} was refused.`,
        todo: `${capital(check('the network', 'the firewall'))}.`,
      };
    case 'dropped':
      return {
        what: `The connection to ${who} was dropped before the answer was complete.`,
        todo: `If it keeps happening, ${check('the network', 'the firewall')}; some firewalls cut what they cannot read.`,
      };
    case 'timeout':
      return {
        what: `No answer came from ${who} in time.`,
        todo: `If it keeps happening, ${check('the network', 'the firewall')}; firewalls often block without a word.`,
      };
    case 'certificate':
      return certificateWords(failure.code, who, `${capital(check())}.`);
    case 'tls':
      return {
        what: `No secure connection (TLS) to ${who} could be made.`,
        todo:
          proxy?.proxy.address.startsWith('https:') === true
            ? `Most proxies expect http:// in ${proxy.proxy.variable}, even for secure connections through them.`
            : `${capital(check('the firewall'))}.`,
      };
    case 'proxyAddress':
      return unusableWords({ reason: failure.detail });
    case 'proxySignIn':
      return signInWords(failure, who, proxy?.proxy.variable ?? 'HTTPS_PROXY');
    case 'proxyForbids':
      return {
        what: `${capital(who)} does not allow connections to ${service}${statusText(failure)}.`,
        todo: `Ask whoever runs it to allow ${service}. If it can be reached without a proxy, name it in NO_PROXY.`,
      };
    case 'proxy':
      return {
        what: `${capital(who)} could not connect to ${service}${statusText(failure)}.`,
        todo: 'Try again later; if it stays, ask whoever runs the proxy.',
      };
    case 'other':
      return { what: `No connection to ${who} could be made.`, todo: `${capital(check('the network'))}.` };
  }
}

/** The environment names a proxy that cannot be used. */
export function unusableWords({ reason }: Pick<UnusableProxy, 'reason'>): NetworkWords {
  return { what: reason, todo: 'Set it to http://HOST:PORT or https://HOST:PORT, or unset it.' };
}

function certificateWords(code: string | null, who: string, check: string): NetworkWords {
  const renewal = 'if it is right, whoever runs the server (or inspects TLS on the way) must renew the certificate.';
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return { what: `The certificate of ${who} has expired.`, todo: `Check the clock of this computer; ${renewal}` };
    case 'CERT_NOT_YET_VALID':
      return {
        what: `The certificate of ${who} is not valid yet.`,
        todo: `Check the clock of this computer; ${renewal}`,
      };
    case 'CERT_REVOKED':
      return { what: `The certificate of ${who} has been revoked.`, todo: `Do not go on. ${check}` };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return {
        what: `The certificate of ${who} is for another name.`,
        todo: `Something else may have answered, such as the sign-in page of a network. ${check}`,
      };
    default:
      return {
        what: `The certificate of ${who} is not trusted here.`,
        todo: 'If your network inspects TLS, set NODE_EXTRA_CA_CERTS=FILE to a PEM file with the certificate of its authority and start again. Otherwise somebody may be listening in.',
      };
  }
}

function signInWords(failure: NetworkFailure, who: string, variable: string): NetworkWords {
  const { offers = [], proxy } = failure.proxy ?? {};
  const what = proxy?.hasCredentials
    ? `${capital(who)} did not accept the user name and password in ${variable}${statusText(failure)}.`
    : `${capital(who)} requires a user name and password${statusText(failure)}.`;
  const todo = `Set ${variable}=http://USER:PASSWORD@HOST:PORT, with special characters percent-encoded (@ is %40, : is %3A).`;
  if (offers.length === 0 || offers.includes('basic')) return { what, todo };
  return {
    what: `${capital(who)} requires a sign-in (${offers.join(', ')}) that is not supported${statusText(failure)}.`,
    todo: `Only Basic is. A local proxy that signs in for you, such as px or cntlm, can stand in between: name that one in ${variable}.`,
  };
}

function statusText({ proxy }: NetworkFailure): string {
  return proxy === undefined || proxy.status === null ? '' : ` (HTTP ${proxy.status})`;
}

/** `a`, `a and b`, `a, b and c`. */
function list(things: readonly string[]): string {
  return things.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
