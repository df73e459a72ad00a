/** The real `Send` under the real Graph client, over HTTPS on this machine, against a server that misbehaves. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createBudget } from '../../src/graph/budget.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import type { GraphOutcome } from '../../src/graph/outcome.ts';
import { createRealSend, type RealSendOptions } from '../../src/graph/real-send.ts';
import { createCertificate } from '../support/certificate.ts';
import { goodToken } from './run-feed.ts';

type Handler = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

const { certificate, privateKey } = createCertificate();
let server: Server;
let origin: string;
let handler: Handler = (_, outgoing) => outgoing.end('{"value":[]}');
let arrived: IncomingMessage[] = [];

beforeAll(async () => {
  vi.stubEnv('NO_PROXY', '*');
  server = createServer({ cert: certificate, key: privateKey }, (incoming, outgoing) => {
    arrived.push(incoming);
    handler(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `https://localhost:${portOf(server)}`;
});

afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

afterEach(() => {
  arrived = [];
});

function portOf(listening: { address(): AddressInfo | string | null }): number {
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}

async function get(
  answer: Handler,
  options: RealSendOptions & { stallMs?: number; url?: string } = {},
): Promise<GraphOutcome> {
  handler = answer;
  const { stallMs, url = '/beta/auditLogs/signUps', ...send } = options;
  const client = createGraphClient({
    graphUrl: origin,
    send: createRealSend({ ca: certificate, ...send }),
    tokens: goodToken,
    budget: createBudget({ clock: systemClock, newId: () => 'process' }),
    clock: systemClock,
    random: () => 0,
    newId: () => '11111111-1111-4111-8111-111111111111',
    userAgent: 'entra-signups/1.0.0',
    ...(stallMs === undefined ? {} : { stallMs }),
  });
  return client.get({ url, priority: 'user', signal: new AbortController().signal });
}

describe('over HTTPS', () => {
  test('a page arrives, zipped or not, and the server sees our headers', async () => {
    const page = JSON.stringify({ value: [{ id: 'é' }] });
    expect(await get((_, outgoing) => outgoing.end(page))).toMatchObject({
      kind: 'ok',
      json: { value: [{ id: 'é' }] },
    });
    expect(arrived[0]?.headers).toMatchObject({
      authorization: 'Bearer a-token',
      prefer: 'include-unknown-enum-members',
      'user-agent': 'entra-signups/1.0.0',
      accept: 'application/json',
    });
    const zipped: Handler = (_, outgoing) =>
      outgoing.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(page));
    expect(await get(zipped)).toMatchObject({ kind: 'ok', json: { value: [{ id: 'é' }] } });
  });

  test('a redirect is not followed, not even on the same host', async () => {
    const redirect: Handler = (_, outgoing) => outgoing.writeHead(307, { Location: `${origin}/elsewhere` }).end();
    expect(await get(redirect)).toMatchObject({ kind: 'malformed', reason: expect.stringContaining('redirected') });
    expect(arrived).toHaveLength(1);
  });

  test.each<[string, Handler, object]>([
    [
      'a socket dropped before the answer',
      (incoming) => incoming.socket.destroy(),
      { kind: 'unreachable', failure: { reason: 'dropped' } },
    ],
    [
      'a body shorter than promised',
      (incoming, outgoing) => {
        outgoing.writeHead(200, { 'Content-Length': 1000 });
        outgoing.write('{"value":[', () => incoming.socket.end());
      },
      { kind: 'malformed', reason: 'the answer was cut off' },
    ],
    [
      'chunks that break off',
      (incoming, outgoing) => void outgoing.write('{"value":[', () => incoming.socket.destroy()),
      { kind: 'malformed', reason: 'the answer was cut off' },
    ],
    ['half of the JSON', (_, outgoing) => outgoing.end('{"value":[{"id'), { kind: 'malformed' }],
    [
      'a web page',
      (_, outgoing) =>
        outgoing.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Sign in to the network</html>'),
      { kind: 'malformed', reason: 'a web page came instead of data' },
    ],
    [
      'an error with a broken body',
      (incoming, outgoing) => {
        outgoing.writeHead(503, { 'Retry-After': '7' });
        outgoing.write('<htm', () => incoming.socket.destroy());
      },
      { kind: 'unavailable', retryAfterMs: 7_000 },
    ],
    ['not HTTP at all', (incoming) => incoming.socket.end('SSH-2.0-OpenSSH\r\n'), { kind: 'unreachable' }],
  ])('%s', async (_, answer, expected) => {
    expect(await get(answer)).toMatchObject(expected);
  });

  const silent: Handler = () => undefined;
  const stuck: Handler = (_, outgoing) => void outgoing.write('{"value":[');
  test.each<[string, Handler, object]>([
    ['the client tires of silence', silent, { stallMs: 50 }],
    ['the client tires of a body that stops', stuck, { stallMs: 50 }],
    ['the connection tires of silence', silent, { progressTimeoutMs: 50 }],
    ['the connection tires of a body that stops', stuck, { progressTimeoutMs: 50 }],
  ])('%s', async (_, answer, patience) => {
    expect(await get(answer, patience)).toMatchObject({ kind: 'unreachable', failure: { reason: 'timeout' } });
  });

  test('a certificate that nobody vouches for is refused, and the token stays here', async () => {
    const outcome = await get(() => undefined, { ca: createCertificate().certificate });
    expect(outcome).toMatchObject({ kind: 'unreachable', failure: { reason: 'certificate' } });
    expect(arrived).toEqual([]);
  });

  test('nobody listening is told as such', async () => {
    const closed = createHttpServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const port = portOf(closed);
    await new Promise((resolve) => closed.close(resolve));
    const send = createRealSend();
    const failed = send(new Request(`https://localhost:${port}/`)).catch((error: unknown) => error);
    expect(await failed).toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });

  test('a body that is posted arrives', async () => {
    let body = '';
    handler = (incoming, outgoing) => {
      incoming.on('data', (chunk) => {
        body += chunk;
      });
      incoming.on('end', () => outgoing.end('{}'));
    };
    const send = createRealSend({ ca: certificate });
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const answer = await send(new Request(`${origin}/token`, { method: 'POST', body: 'a=b&c=d', headers }));
    expect(answer.status).toBe(200);
    expect(body).toBe('a=b&c=d');
    expect(arrived[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  test('authorities of NODE_EXTRA_CA_CERTS are trusted', async () => {
    handler = (_, outgoing) => outgoing.end('hello');
    const folder = await mkdtemp(join(tmpdir(), 'real-send-'));
    try {
      await writeFile(join(folder, 'ca.pem'), certificate);
      const outfile = join(folder, 'real-send.cjs');
      const entry = fileURLToPath(new URL('../../src/graph/real-send.ts', import.meta.url));
      await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'cjs', outfile });
      const script = `const { createRealSend } = require(process.argv[1]);
        createRealSend()(new Request(process.argv[2])).then(async (answer) => console.log(await answer.text()));`;
      const run = (env: Record<string, string>) =>
        promisify(execFile)(process.execPath, ['-e', script, outfile, origin], { env: { ...process.env, ...env } });
      expect((await run({ NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') })).stdout.trim()).toBe('hello');
      await expect(run({ NODE_EXTRA_CA_CERTS: '' })).rejects.toMatchObject({
        stderr: expect.stringContaining('SELF_SIGNED'),
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
