import { describe, expect, test } from 'vitest';
import { retryAfterMs } from '../../src/graph/retry-after.ts';

const NOW_MS = Date.parse('2026-11-23T07:00:00Z');
const HOUR_MS = 60 * 60_000;

function waitMs(header: string | null, date: string | null = null): number | null {
  const headers = new Headers();
  if (header !== null) headers.set('retry-after', header);
  if (date !== null) headers.set('date', date);
  return retryAfterMs(headers, NOW_MS);
}

describe('Retry-After', () => {
  test.each([
    ['41', 41_000],
    [' 315 ', 315_000],
    ['2.5', 2_500],
    ['0', 1_000],
    ['3600', HOUR_MS],
    ['86400', 24 * HOUR_MS],
    ['86401', null],
    ['1000000000', null],
    ['1e9', null],
    ['99999999999999999999999999999999', null],
    ['Mon, 23 Nov 2026 07:00:20 GMT', 20_000],
    ['Mon, 23 Nov 2026 06:00:00 GMT', 1_000],
    ['Tue, 23 Nov 2027 06:00:00 GMT', null],
    ['-5', null],
    ['soon', null],
    ['Mon, soon GMT', null],
    ['', null],
    [null, null],
  ])('%o is %o ms', (header, expected) => {
    expect(waitMs(header)).toBe(expected);
  });

  test.each([
    ['ahead of', 'Mon, 23 Nov 2026 04:00:00 GMT', 'Mon, 23 Nov 2026 04:00:40 GMT'],
    ['behind', 'Mon, 23 Nov 2026 10:00:00 GMT', 'Mon, 23 Nov 2026 10:00:40 GMT'],
  ])('a date counts from that of the same answer, when this computer is 3 h %s it', (_, date, header) => {
    expect(waitMs(header, date)).toBe(40_000);
  });

  test('the date of the answer is of no concern to seconds, and one that is none does no harm', () => {
    expect(waitMs('40', 'Mon, 23 Nov 2026 04:00:00 GMT')).toBe(40_000);
    expect(waitMs('Mon, 23 Nov 2026 07:00:40 GMT', 'yesterday')).toBe(40_000);
  });
});
