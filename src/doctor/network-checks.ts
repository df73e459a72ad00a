/** Checks of the way out: the proxy and the certificates that are trusted, and what a failure on it means. Pure. */
import type { NetworkFailure, NetworkReason } from '../graph/network-failure.ts';
import { type Finding, fail, pass, warn } from './finding.ts';
import type { Environment, ExtraCertificates } from './patient.ts';
import { type ProxyRoute, proxyRoute } from './proxy.ts';

/** The proxy for the services at these addresses. */
export function proxyCheck(urls: readonly string[], environment: Environment): Finding {
  const routes = urls.map((url) => ({ host: new URL(url).host, route: proxyRoute(url, environment) }));
  const unusable = routes.map(({ route }) => route).find((route) => route.kind === 'unusable');
  if (unusable !== undefined) {
    const found = `${unusable.variable} is not the address of a proxy that can be used`;
    return fail('proxy', 'usage', found, 'Set it to http://host:port or https://host:port, or unset it.');
  }
  const told = [...new Set(routes.map(({ route }) => routeText(route)))];
  if (told.length === 1) return pass('proxy', told[0] ?? '');
  return pass('proxy', routes.map(({ host, route }) => `${host}: ${routeText(route)}`).join('; '));
}

function routeText(route: ProxyRoute): string {
  switch (route.kind) {
    case 'proxy': {
      const password = route.hasPassword ? '; its user name and password are not shown' : '';
      return `${route.address} (${route.variable}${password})`;
    }
    case 'direct':
      return route.because === 'none' ? 'none' : 'none, because of NO_PROXY';
    case 'unusable':
      return route.variable;
  }
}

/** https://nodejs.org/api/cli.html#node_extra_ca_certsfile */
export function certificatesCheck(extra: ExtraCertificates, { NODE_TLS_REJECT_UNAUTHORIZED }: Environment): Finding {
  const name = 'certificates';
  if (NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    const found =
      'NODE_TLS_REJECT_UNAUTHORIZED=0: certificates are not checked, and anybody on the way can read along.';
    return warn(name, found, 'Unset it, and name the authority of your network in NODE_EXTRA_CA_CERTS.');
  }
  if (extra === null) return pass(name, "Node's own list of authorities");
  if (extra.state === 'certificates') return pass(name, `Node's own list, and ${extra.file} (NODE_EXTRA_CA_CERTS)`);
  const found =
    extra.state === 'unreadable'
      ? `NODE_EXTRA_CA_CERTS names ${extra.file}, which cannot be read; Node goes on without it`
      : `NODE_EXTRA_CA_CERTS names ${extra.file}, which holds no certificate in PEM form`;
  return warn(name, found, 'Name a file with the certificate of the authority, from -----BEGIN CERTIFICATE----- on.');
}

/** A service that did not answer. */
export function unreachedCheck(name: string, url: string, option: string, failure: NetworkFailure): Finding {
  const { host } = new URL(url);
  const [what, fix] = meanings[failure.reason];
  const code = failure.code === null ? '' : `, ${failure.code}`;
  const found = `${host}: ${what} (${failure.detail}${code})`;
  return fail(name, 'unreachable', found, fix.replaceAll('{option}', option).replaceAll('{host}', host));
}

const meanings: Readonly<Record<NetworkReason, readonly [what: string, fix: string]>> = {
  name: [
    'the name could not be looked up (DNS).',
    'Check the network and {option}. Behind a proxy, set HTTPS_PROXY: then the proxy looks the name up.',
  ],
  refused: [
    'nothing there takes connections, or a firewall is in between.',
    'Check {option}, the firewall and HTTPS_PROXY.',
  ],
  dropped: [
    'the connection was cut before the answer had come.',
    'Check the firewall and HTTPS_PROXY; some firewalls cut what they may not read.',
  ],
  timeout: ['no answer came in time.', 'Check the firewall and HTTPS_PROXY: what is blocked is often silent.'],
  certificate: [
    'its certificate is not trusted here.',
    'If your network opens TLS, name its authority in NODE_EXTRA_CA_CERTS=file.pem; else check {option} and the clock of this machine.',
  ],
  tls: [
    'no secure connection could be made.',
    'Check whether HTTPS_PROXY begins with http:// or https://, as the proxy takes it, and the firewall.',
  ],
  proxy: [
    'the proxy did not let the connection through.',
    'Check HTTPS_PROXY, with user name and password if the proxy asks for them, and have {host} allowed there.',
  ],
  other: ['it could not be reached.', 'Check the network, HTTPS_PROXY and NO_PROXY.'],
};
