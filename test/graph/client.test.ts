import { beforeAll, describe, expect, test } from 'vitest';
import { momentAt, msBetween } from '../../src/facts/moment.ts';
import { createBudget } from '../../src/graph/budget.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import type { GraphOutcome } from '../../src/graph/outcome.ts';
import type { Send } from '../../src/graph/send.ts';
import { NOON_MS } from '../support/events.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { GRAPH_URL, refusal } from './fake-graph.ts';
import { once, page, setUp } from './run-client.ts';
import { goodToken } from './run-feed.ts';

// Loading the SDK takes real time, which a clock that stands still does not know of.
beforeAll(async () => {
  await import('@microsoft/microsoft-graph-client');
});

describe('a request', () => {
  test('carries the token, the wish for unknown values, an id and the product', async () => {
    const { sent, get } = setUp(page());
    await get();
    const headers = Object.fromEntries(sent[0]?.headers ?? []);
    expect(headers).toMatchObject({
      authorization: 'Bearer a-token',
      accept: 'application/json',
      prefer: 'include-unknown-enum-members',
      'client-request-id': '11111111-1111-4111-8111-111111111111',
      'user-agent': 'entra-signups/1.0.0',
    });
    expect(Object.keys(headers).filter((name) => /sdkversion/i.test(name))).toEqual([]);
    expect(sent[0]?.redirect).toBe('manual');
  });

  test('goes to a nextLink as it came: nothing reordered, decoded or joined', async () => {
    const link = `${GRAPH_URL}/beta//auditLogs/signUps?$skiptoken=a%2Bb==&x=1&$filter=appId%20eq%20%27https://b%27&$top=5&$top=6&flag`;
    const { sent, get } = setUp(page());
    await get(link);
    expect(sent[0]?.url).toBe(link);
  });

  test('is told when it starts and when it has ended, with its rows', async () => {
    const { observed, get } = setUp(async () => Response.json({ value: [1, 2] }, { headers: { 'request-id': 'r' } }));
    await get();
    expect(observed).toEqual([
      {
        type: 'request.started',
        id: 1,
        at: momentAt(NOON_MS),
        method: 'GET',
        url: `${GRAPH_URL}/beta/auditLogs/signUps?$top=1`,
      },
      { type: 'request.finished', id: 1, tookMs: 0, status: 200, requestId: 'r', rows: 2 },
    ]);
    expect(JSON.stringify(observed)).not.toContain('a-token');
  });

  test('is never sent again behind our back, whatever the answer', async () => {
    for (const status of [302, 400, 403, 404, 429, 500, 503, 504]) {
      const { sent, get } = setUp(async () => new Response(null, { status, headers: { location: GRAPH_URL } }));
      await get();
      expect({ status, requests: sent.length }).toEqual({ status, requests: 1 });
    }
  });
});

describe('outcomes', () => {
  const cases: readonly [string, Send, Partial<GraphOutcome> | object][] = [
    [
      'a page',
      async () =>
        Response.json({ value: [] }, { headers: { Date: 'Mon, 23 Nov 2026 07:00:20 GMT', 'request-id': 'r' } }),
      { kind: 'ok', json: { value: [] }, requestId: 'r', serverTimeMs: Date.parse('2026-11-23T07:00:20Z') },
    ],
    ['a page without a date', page(), { kind: 'ok', serverTimeMs: null }],
    [
      '429 with a wait',
      async () => refusal(429, 'UnknownError', 'This request is throttled.', { 'Retry-After': '41' }),
      { kind: 'throttled', retryAfterMs: 41_000, until: momentAt(NOON_MS + 41_000), error: { code: 'UnknownError' } },
    ],
    [
      '429 without one backs off',
      async () => new Response('', { status: 429 }),
      { kind: 'throttled', retryAfterMs: null, until: momentAt(NOON_MS + 5_000) },
    ],
    [
      '400',
      async () => refusal(400, 'BadRequest', 'Invalid filter clause'),
      {
        kind: 'badRequest',
        error: { status: 400, code: 'BadRequest', message: 'Invalid filter clause', requestId: 'the-request' },
      },
    ],
    [
      '403',
      async () => refusal(403, 'Authentication_X', 'No.'),
      { kind: 'refused', error: { code: 'Authentication_X' } },
    ],
    [
      '403 with a web page',
      async () => new Response('<html>', { status: 403 }),
      { kind: 'refused', error: { code: '' } },
    ],
    ['404', async () => refusal(404, 'UnknownError'), { kind: 'notFound' }],
    ['414', async () => new Response('', { status: 414 }), { kind: 'badRequest', error: { status: 414 } }],
    ['500', async () => refusal(500, 'generalException'), { kind: 'unavailable', retryAfterMs: null }],
    [
      '503 with a wait and a web page',
      async () => new Response('<html>busy</html>', { status: 503, headers: { 'Retry-After': '30' } }),
      { kind: 'unavailable', retryAfterMs: 30_000, error: { status: 503 } },
    ],
    ['504', async () => new Response('', { status: 504 }), { kind: 'unavailable', error: { status: 504 } }],
    ['509', async () => new Response('', { status: 509 }), { kind: 'unavailable', error: { status: 509 } }],
    [
      'an inner error in lower case',
      async () => Response.json({ error: { code: 'x', innererror: { 'request-id': 'low' } } }, { status: 400 }),
      { kind: 'badRequest', error: { requestId: 'low' } },
    ],
    [
      'a web page instead of data',
      async () => new Response('<!doctype html><p>Welcome to the hotel'),
      { kind: 'malformed', reason: 'a web page came instead of data' },
    ],
    [
      'half of an answer',
      async () => new Response('{"value":[{"id":"1"'),
      { kind: 'malformed', reason: 'the answer was cut off or damaged' },
    ],
    ['no JSON', async () => new Response('hello'), { kind: 'malformed', reason: 'the answer was not JSON' }],
    ['nothing', async () => new Response(null, { status: 204 }), { kind: 'malformed', reason: 'the answer was empty' }],
    [
      'more than anybody sends',
      async () => new Response('x'.repeat(1_001)),
      { kind: 'malformed', reason: 'the answer was too large' },
    ],
    [
      'a body that breaks off',
      async () => new Response(failing(new Error('terminated'))),
      { kind: 'malformed', reason: 'the answer was cut off' },
    ],
    [
      'a redirect',
      async () => new Response(null, { status: 302, headers: { location: 'https://evil.example.org/x?y' } }),
      {
        kind: 'malformed',
        reason: 'the request was redirected to evil.example.org, and redirects are not followed',
      },
    ],
    [
      'no connection',
      async () => {
        throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
      },
      { kind: 'unreachable', failure: { reason: 'dropped', code: 'ECONNRESET' } },
    ],
  ];

  test.each(cases)('%s', async (_, answer, expected) => {
    expect(await setUp(answer).get()).toMatchObject(expected);
  });

  test('silence instead of headers ends after a minute, and the request is given up', async () => {
    const { clock, sent, get } = setUp(() => new Promise(() => undefined));
    const outcome = get();
    await clock.advance(59_999);
    expect(sent[0]?.signal.aborted).toBe(false);
    await clock.advance(1);
    expect(await outcome).toMatchObject({ kind: 'unreachable', failure: { reason: 'timeout' } });
    expect(sent[0]?.signal.aborted).toBe(true);
    expect(clock.waiting).toBe(0);
  });

  test('a body that stops ends after a minute without progress', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const body = writable.getWriter();
    const { clock, get } = setUp(async () => new Response(readable));
    const outcome = get();
    await clock.advance(50_000);
    await body.write(new TextEncoder().encode('{"value":'));
    await clock.advance(59_999);
    let ended = false;
    void outcome.then(() => {
      ended = true;
    });
    await settle();
    expect(ended).toBe(false);
    await clock.advance(1);
    expect(await outcome).toMatchObject({ kind: 'unreachable', failure: { reason: 'timeout' } });
  });

  test('a body that drips for ever ends after five minutes', async () => {
    const clock = new ManualClock(NOON_MS);
    const drip = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
      await clock.wait(30_000);
      controller.enqueue(new Uint8Array([0x20]));
    };
    const client = createGraphClient({
      graphUrl: GRAPH_URL,
      send: async () => new Response(new ReadableStream<Uint8Array>({ pull: drip })),
      tokens: goodToken,
      budget: createBudget({ clock, newId: () => 'process' }),
      clock,
      random: () => 0,
      newId: () => 'id',
      userAgent: 'entra-signups/1.0.0',
    });
    const outcome = client.get({ url: '/beta/x', priority: 'user', signal: new AbortController().signal });
    await clock.advance(5 * 60_000);
    expect(await outcome).toMatchObject({ kind: 'unreachable', failure: { reason: 'timeout' } });
  });

  test('a caller who gives up gets an answer at once, even when the network does not listen', async () => {
    const { clock, get } = setUp(() => new Promise(() => undefined));
    const giving = new AbortController();
    const outcome = get('/beta/x', { signal: giving.signal });
    await settle();
    giving.abort();
    expect(await outcome).toEqual({ kind: 'cancelled' });
    expect(clock.waiting).toBe(0);
  });

  test('who leaves the queue is not sent; once sent, leaving the queue changes nothing', async () => {
    const { clock, sent, get } = setUp(page());
    for (let i = 0; i < 3; i++) await get('/beta/x', { priority: 'poll' });
    const leaving = new AbortController();
    const outcome = get('/beta/y', { priority: 'poll', queueSignal: leaving.signal });
    await settle();
    leaving.abort();
    expect(await outcome).toEqual({ kind: 'cancelled' });
    expect(sent).toHaveLength(3);
    await clock.advance(10_000);
    const staying = new AbortController();
    const answered = setUp(async () => {
      staying.abort();
      return Response.json({ value: [] });
    });
    expect(await answered.get('/beta/z', { queueSignal: staying.signal })).toMatchObject({ kind: 'ok' });
  });

  test('after a 429 nothing else of the program starts before the wait is over', async () => {
    const { clock, sent, get } = setUp(
      once(refusal(429, '', '', { 'Retry-After': '30' }), Response.json({ value: [] })),
    );
    await get();
    const next = get();
    await clock.advance(29_999);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    expect(await next).toMatchObject({ kind: 'ok' });
  });

  test('429s in a row without a wait back off further each time', async () => {
    const { clock, get } = setUp(async () => new Response(null, { status: 429 }));
    const waits: number[] = [];
    for (let i = 0; i < 3; i++) {
      const outcome = await get();
      if (outcome.kind !== 'throttled') throw new Error(outcome.kind);
      const waitMs = msBetween(clock.moment(), outcome.until);
      waits.push(waitMs);
      await clock.advance(waitMs);
    }
    expect(waits).toEqual([5_000, 10_000, 20_000]);
  });
});

function failing(error: Error): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull: (controller) => {
      if (sent) controller.error(error);
      else controller.enqueue(new TextEncoder().encode('{"value":['));
      sent = true;
    },
  });
}
