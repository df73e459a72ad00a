/**
 * `NO_PROXY`: which hosts are reached without a proxy. Pure. It takes what the usual programs take between them: names
 * with the names below them, `*`, ports, IP addresses and ranges of them (CIDR).
 * https://everything.curl.dev/usingcurl/proxies/env.html
 */
import { BlockList, isIP } from 'node:net';

/** Takes an https address and the text of the variable, with entries between commas or spaces. */
export function isExcepted({ hostname, port }: URL, noProxy: string): boolean {
  const host = plainHost(hostname);
  return noProxy.split(/[,\s]+/).some((text) => {
    const entry = entryIn(text);
    if (entry === null || (entry.port !== null && entry.port !== (port || '443'))) return false;
    if (entry.host === '*') return true;
    return isIP(host) === 0 ? isName(host, entry.host) : isInRange(host, entry.host);
  });
}

interface Entry {
  readonly host: string;
  readonly port: string | null;
}

function entryIn(text: string): Entry | null {
  if (text === '') return null;
  const bracketed = /^(\[[^\]]+\](?:\/\d+)?)(?::(\d+))?$/.exec(text);
  // More than one colon without brackets: an IPv6 address, and no port.
  const [, host = text, port = null] = bracketed ?? /^([^:]+):(\d+)$/.exec(text) ?? [];
  return { host: plainHost(host), port };
}

/** In lower case, without the brackets of IPv6 and the dot that may end a whole name. */
function plainHost(host: string): string {
  return host.toLowerCase().replaceAll(/[[\]]/g, '').replace(/\.$/, '');
}

/** `corp`, `.corp` and `*.corp` all mean corp and everything below it. */
function isName(host: string, entry: string): boolean {
  const domain = entry.replace(/^\*?\./, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

function isInRange(host: string, entry: string): boolean {
  const [network = '', bits] = entry.split('/');
  const size = { 0: 0, 4: 32, 6: 128 }[isIP(network)] ?? 0;
  const prefix = bits === undefined ? size : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (size === 0 || prefix < 0 || prefix > size) return false;
  const family = (address: string) => (isIP(address) === 4 ? 'ipv4' : 'ipv6');
  const range = new BlockList();
  range.addSubnet(network, prefix, family(network));
  return range.check(host, family(host));
}
