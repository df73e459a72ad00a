import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activeTerms, isEmpty } from '../../src/filter/active-terms.ts';
import { emptyFilter } from '../../src/filter/filter.ts';
import { parseQuery } from '../../src/filter/parse-query.ts';
import { printQuery } from '../../src/filter/print-query.ts';
import { arbitraryFilter } from './arbitrary-filter.ts';

const context = { nowMs: Date.UTC(2026, 10, 24, 12), timeZone: 'UTC' };

describe('a filter as text', () => {
  it('is read as the same filter', () => {
    fc.assert(
      fc.property(arbitraryFilter, (filter) => {
        expect(parseQuery(printQuery(filter), context)).toEqual({ ok: true, filter });
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    'outcome:failed,interrupted -stage:userCreation provider:"Email OTP" user:ana* gmail -"two words" since:24h',
    'stage:"fraudCheck" user:"a*","a*b",*,"b c"* since:"yesterday 14:00" until:now',
    '-"-x" "a:b" 10:42 app:"say \\"hi\\" \\\\"',
    '',
  ])('is short and stays as it was written: %s', (query) => {
    const parsed = parseQuery(query, context);
    expect(parsed.ok && printQuery(parsed.filter)).toBe(query);
  });
});

describe('the pieces of a filter', () => {
  it('are its terms and the ends of its range, each with the filter that is left without it', () => {
    const parsed = parseQuery('-outcome:failed gmail since:24h until:1h', context);
    if (!parsed.ok) throw new Error(parsed.error.message);
    const pieces = activeTerms(parsed.filter);
    expect(pieces.map((piece) => [piece.text, printQuery(piece.without)])).toEqual([
      ['-outcome:failed', 'gmail since:24h until:1h'],
      ['gmail', '-outcome:failed since:24h until:1h'],
      ['since:24h', '-outcome:failed gmail until:1h'],
      ['until:1h', '-outcome:failed gmail since:24h'],
    ]);
    expect(pieces.map((piece) => piece.term)).toEqual([...parsed.filter.terms, null, null]);
    expect([isEmpty(parsed.filter), isEmpty(emptyFilter)]).toEqual([false, true]);
  });
});
