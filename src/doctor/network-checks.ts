/** Checks of the way out: the proxy and the certificates that are trusted, and what a failure on it means. Pure. */
import type { NetworkFailure } from '../graph/network-failure.ts';
import { networkWords, unusableWords } from '../graph/network-words.ts';
import { routesText, unusableProxy } from '../graph/proxy.ts';
import { type Finding, fail, pass, warn } from './finding.ts';
import type { Environment, ExtraCertificates } from './patient.ts';

/** The proxy for the services at these addresses. */
export function proxyCheck(urls: readonly string[], environment: Environment): Finding {
  const unusable = unusableProxy(urls, environment);
  if (unusable !== null) {
    const { what, todo } = unusableWords(unusable);
    return fail('proxy', 'unreachable', what, todo);
  }
  return pass('proxy', routesText(urls, environment));
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
  const { what, todo } = networkWords(failure, { service: new URL(url).host, option });
  const known = [failure.detail, failure.code ?? ''].filter((part) => part !== '' && part !== what);
  return fail(name, 'unreachable', known.length === 0 ? what : `${what} (${known.join(', ')})`, todo);
}
