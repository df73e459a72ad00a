/**
 * The demo tenant over HTTPS on loopback, sign-in service and Graph each on a port of its own, for tests of the built
 * program. It must not know what the program is: it speaks HTTP and writes down what arrived.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/clock.ts';
import { createDemoTenant, type DemoTenant, type DemoTenantOptions } from '../../src/demo/tenant.ts';
import type { Send } from '../../src/graph/send.ts';
import { type Certificate, createCertificate } from './certificate.ts';

interface ArrivedRequest {
  readonly atMs: number;
  readonly to: 'login' | 'graph';
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Null until answered, and when the connection was dropped instead. */
  readonly status: number | null;
}

export interface DemoServer {
  readonly loginUrl: string;
  readonly graphUrl: string;
  /** PEM file for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  /** The same as text, for a client in this process. */
  readonly ca: string;
  readonly tenant: DemoTenant;
  /** What arrived, in order. */
  requests(): readonly ArrivedRequest[];
  close(): Promise<void>;
}

export type DemoServerOptions = Omit<DemoTenantOptions, 'seed' | 'clock' | 'loginUrl' | 'graphUrl'> & {
  readonly seed?: string;
  readonly clock?: Clock;
  /** Another certificate than the usual one. */
  readonly certificate?: Certificate;
  /** Answers in place of the tenant, or with its help. When it rejects, the connection is dropped. */
  readonly answer?: (request: Request, tenant: DemoTenant) => Promise<Response>;
  /** Changes the pages of the sign-up log on their way, as JSON text. */
  readonly rewritePage?: (json: string) => string;
};

type Arrival = { -readonly [Key in keyof ArrivedRequest]: ArrivedRequest[Key] };

/** Starts both servers; resolves when they listen. */
export async function startDemoServer(options: DemoServerOptions = {}): Promise<DemoServer> {
  const { certificate, privateKey } = options.certificate ?? certificateOnce();
  const folder = await mkdtemp(join(tmpdir(), 'demo-server-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, certificate);
  const clock = options.clock ?? systemClock;
  const arrivals: Arrival[] = [];
  const serve = (to: 'login' | 'graph', incoming: IncomingMessage, outgoing: ServerResponse) => {
    const origin = to === 'login' ? loginUrl : graphUrl;
    const answerOf = (request: Request) => options.answer?.(request, tenant) ?? send(request);
    answer(answerOf, to, origin, clock, arrivals, incoming, outgoing).catch(() => outgoing.destroy());
  };
  const loginServer = createServer({ cert: certificate, key: privateKey }, (i, o) => serve('login', i, o));
  const graphServer = createServer({ cert: certificate, key: privateKey }, (i, o) => serve('graph', i, o));
  const loginUrl = `https://localhost:${await listen(loginServer)}`;
  const graphUrl = `https://localhost:${await listen(graphServer)}`;
  const { rewritePage, ...tenantOptions } = options;
  const tenant = createDemoTenant({ ...tenantOptions, seed: options.seed ?? 'served', clock, loginUrl, graphUrl });
  const send: Send = async (request) => {
    const response = await tenant.send(request);
    if (rewritePage === undefined || !response.ok || !request.url.includes('/auditLogs/signUps?')) return response;
    return new Response(rewritePage(await response.text()), response);
  };
  return {
    loginUrl,
    graphUrl,
    caFile,
    ca: certificate,
    tenant,
    requests: () => arrivals,
    close: async () => {
      await Promise.all([stop(loginServer), stop(graphServer)]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let made: Certificate | null = null;

function certificateOnce(): Certificate {
  made ??= createCertificate();
  return made;
}

async function answer(
  answerOf: (request: Request) => Promise<Response>,
  to: 'login' | 'graph',
  origin: string,
  clock: Clock,
  arrivals: Arrival[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const arrival: Arrival = {
    atMs: clock.now(),
    to,
    method,
    url: `${origin}${incoming.url ?? '/'}`,
    headers: Object.fromEntries(headers),
    body: '',
    status: null,
  };
  arrivals.push(arrival);
  for await (const chunk of incoming) arrival.body += String(chunk);
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const request = new Request(arrival.url, {
    method,
    headers,
    signal: gone.signal,
    ...(hasBody ? { body: arrival.body } : {}),
  });
  const response = await answerOf(request);
  arrival.status = response.status;
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  // Chunk by chunk, each until it is on its way, so that a body that breaks off breaks off on the wire as well.
  if (response.body) for await (const chunk of response.body) await write(outgoing, chunk);
  outgoing.end();
}

function write(outgoing: ServerResponse, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address) resolve(address.port);
      else reject(new Error('the demo server has no port'));
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
