import { describe, expect, test } from 'vitest';
import { mendRequest, type RefusedRequest } from '../../src/graph/mend-request.ts';

const DAY_MS = 24 * 60 * 60_000;
const NOW_MS = Date.parse('2026-11-23T07:00:00Z');
const asked: RefusedRequest = {
  fromMs: NOW_MS - DAY_MS,
  toMs: NOW_MS,
  isNextPage: false,
  serverNowMs: NOW_MS,
  clause: null,
  narrow: () => null,
};
const says = (message: string) => ({ status: 400, code: 'BadRequest', message, requestId: null });
const old = { ...asked, fromMs: NOW_MS - 90 * DAY_MS };

describe('a 400', () => {
  test.each(['Invalid Skip Token, skip token is null', 'Invalid Skip Token', 'The SkipToken is not valid'])(
    '"%s" means: read on from where we are',
    (message) => expect(mendRequest(says(message), asked)).toEqual({ kind: 'restart' }),
  );

  test('for a next page is about its token, whatever it says', () => {
    expect(mendRequest(says('Invalid filter clause'), { ...asked, isNextPage: true })).toEqual({ kind: 'restart' });
  });

  test.each([
    ['The start date must not be before 2026-11-16T07:00:00Z.', '2026-11-16T07:00:00Z'],
    ['Minimum allowed: 2026-11-16T07:00:00.2500000Z; asked 2026-08-25T07:00:00Z.', '2026-11-16T07:00:01Z'],
    ['The minimum date is 2026-11-16T07:00:00', '2026-11-16T07:00:00Z'],
    ['Minimum: 2026-11-16 07:00:00 (UTC)', '2026-11-16T07:00:00Z'],
    ['Minimum: 2026-11-16', '2026-11-16T00:00:00Z'],
    ['Minimum: 2026-11-16T09:00:00+02:00', '2026-11-16T07:00:00Z'],
    ['Dates before 11/16/2026 7:00:00 AM are not allowed', '2026-11-16T07:00:00Z'],
  ])('"%s" moves the start there', (message, expected) => {
    const mended = mendRequest(says(message), { ...old, clause: 'a', narrow: () => ({ clause: null, refused: 'a' }) });
    expect(mended).toEqual({ kind: 'clamp', fromMs: Date.parse(expected), wholeClause: false });
  });

  test('about a minimum that has moved on by less than a second moves the start again', () => {
    const minimum = new Date(asked.fromMs + 300).toISOString();
    expect(mendRequest(says(`The minimum allowed date is ${minimum}`), asked)).toEqual({
      kind: 'clamp',
      fromMs: asked.fromMs + 1000,
      wholeClause: false,
    });
  });

  test('that only echoes our own dates says nothing about a minimum', () => {
    const from = new Date(asked.fromMs).toISOString();
    const to = new Date(asked.toMs).toISOString();
    const message = `Invalid filter clause: ${from} ${to}`;
    expect(mendRequest(says(message), asked)).toEqual({ kind: 'nothing' });
    // As they stand in the address: whole seconds.
    const between = { ...asked, fromMs: asked.fromMs + 400, toMs: asked.toMs - 400 };
    expect(mendRequest(says(message), between)).toEqual({ kind: 'nothing' });
  });

  test('about a range that no edition keeps shortens it before it doubts the filter', () => {
    const narrow = () => ({ clause: null, refused: 'a' });
    expect(mendRequest(says('Invalid filter clause'), { ...old, clause: 'a', narrow })).toEqual({
      kind: 'clamp',
      fromMs: NOW_MS - 30 * DAY_MS,
      wholeClause: false,
    });
  });

  test('about the filter takes out one condition', () => {
    const narrow = (clause: string) => ({ clause: clause.slice(2), refused: clause.slice(0, 1) });
    expect(mendRequest(says('Invalid filter clause'), { ...asked, clause: 'a b', narrow })).toEqual({
      kind: 'narrow',
      clause: 'b',
      refused: 'a',
    });
  });

  test('with no condition left is about the age of the range, down to a week, and then about nothing we know', () => {
    const fortnight = { ...asked, fromMs: NOW_MS - 14 * DAY_MS };
    expect(mendRequest(says('Invalid filter clause'), fortnight)).toEqual({
      kind: 'clamp',
      fromMs: NOW_MS - 7 * DAY_MS,
      wholeClause: true,
    });
    expect(mendRequest(says('Invalid filter clause'), asked)).toEqual({ kind: 'nothing' });
  });
});
