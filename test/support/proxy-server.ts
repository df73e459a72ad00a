/**
 * A proxy on loopback that opens tunnels (CONNECT), or does what proxies do instead: ask for a password, refuse, hang.
 * It leads every host to the port that was asked for on this machine.
 */
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificate.ts';

export interface ProxyServer {
  /** `localhost:PORT`, without scheme. */
  readonly address: string;
  /** What was asked for, in order: `host:port`. */
  readonly tunnels: readonly string[];
  /** The user names and passwords that came with it, `name:password`, or null. */
  readonly credentials: readonly (string | null)[];
  close(): void;
}

export type ProxyManner =
  | { readonly kind: 'connects' }
  | { readonly kind: 'wants'; readonly credentials: string }
  | { readonly kind: 'answers'; readonly status: number; readonly headers?: readonly string[] }
  | { readonly kind: 'hangs' };

/** Resolves when it listens. Its manner may change from one tunnel to the next. With a certificate it is an https proxy. */
export async function startProxy(
  behaviour: ProxyManner | (() => ProxyManner),
  certificate?: Certificate,
): Promise<ProxyServer> {
  const tunnels: string[] = [];
  const credentials: (string | null)[] = [];
  const sockets = new Set<Duplex>();
  const server: Server =
    certificate === undefined
      ? createHttpServer()
      : createHttpsServer({ cert: certificate.certificate, key: certificate.privateKey });
  const keep = (socket: Duplex) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  server.on('connection', keep);
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    keep(socket);
    tunnels.push(request.url ?? '');
    const given = credentialsOf(request);
    credentials.push(given);
    const manner = typeof behaviour === 'function' ? behaviour() : behaviour;
    if (manner.kind === 'hangs') return;
    if (manner.kind === 'wants' && given !== manner.credentials) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="corp"\r\n\r\n');
      return;
    }
    if (manner.kind === 'answers') {
      const lines = [`HTTP/1.1 ${manner.status} No`, ...(manner.headers ?? []), '', ''];
      socket.end(lines.join('\r\n'));
      return;
    }
    const port = Number(/:(\d+)$/.exec(request.url ?? '')?.[1]);
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    keep(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    address: `localhost:${address.port}`,
    tunnels,
    credentials,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function credentialsOf({ headers }: IncomingMessage): string | null {
  const encoded = /^Basic (.+)$/.exec(headers['proxy-authorization'] ?? '')?.[1];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64').toString();
}
