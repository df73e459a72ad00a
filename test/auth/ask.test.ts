import { describe, expect, it } from 'vitest';
import { createAsk, type Question } from '../../src/auth/ask.ts';
import { NoAnswerError } from '../../src/auth/refusal.ts';
import type { Send } from '../../src/graph/send.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { never } from './support.ts';

const origin = 'https://login.example.org';
const nowMs = Date.UTC(2026, 10, 23, 10, 0, 0);
const question: Question = { method: 'POST', url: `${origin}/token`, headers: {}, body: 'grant_type=x' };

describe('a question to the sign-in service', () => {
  it('is never sent to another host', async () => {
    const sent: string[] = [];
    const send: Send = async ({ url }) => {
      sent.push(url);
      return Response.json({});
    };

    const answer = asking(send)({ ...question, url: 'https://login.microsoftonline.com/common/discovery/instance' });

    await expect(answer).rejects.toThrow(NoAnswerError);
    expect(sent).toEqual([]);
  });

  it.each([
    { what: 'a page of a proxy', status: 200, body: '<html>Please log in</html>' },
    { what: 'an empty answer', status: 204, body: null },
    { what: 'a redirect', status: 302, body: '' },
    { what: 'a refusal of a proxy', status: 407, body: 'Proxy Authentication Required' },
    { what: 'JSON that is no object', status: 200, body: '1' },
  ])('is not answered by $what', async ({ status, body }) => {
    const answer = asking(async () => new Response(body, { status }))(question);

    await expect(answer).rejects.toMatchObject({ name: 'NoAnswerError', status });
  });

  it.each([
    { header: '7', waitMs: 7_000 },
    { header: 'Mon, 23 Nov 2026 10:00:30 GMT', waitMs: 30_000 },
    { header: 'Mon, 23 Nov 2026 09:00:00 GMT', waitMs: 1_000 },
    { header: 'soon', waitMs: null },
  ])('learns how long to wait from "$header"', async ({ header, waitMs }) => {
    const busy: Send = async () => new Response('busy', { status: 503, headers: { 'retry-after': header } });

    expect(await asking(busy)(question)).toMatchObject({ ok: false, refusal: { status: 503, retryAfterMs: waitMs } });
  });

  it('ends the request that is under way when it is given up', async () => {
    const cancel = new AbortController();
    const requests: Request[] = [];
    const send: Send = (request) => {
      requests.push(request);
      return new Promise(() => {});
    };
    const answer = asking(send, cancel.signal)(question);

    cancel.abort(new Error('enough'));

    await expect(answer).rejects.toThrow('enough');
    expect(requests[0]?.signal.aborted).toBe(true);
  });
});

function asking(send: Send, signal = never()) {
  return createAsk({ send, clock: new ManualClock(nowMs), origin, signal });
}
