/** What is said about a query besides its result. */
import { describe, expect, test } from 'vitest';
import type { Filter } from '../../src/filter/filter.ts';
import { parseQuery } from '../../src/filter/parse-query.ts';
import { nothingMatched, operatorAdvice } from '../../src/headless/query-advice.ts';

const nowMs = Date.parse('2026-11-23T10:42:00Z');
const range = { fromMs: nowMs - 24 * 60 * 60_000, toMs: nowMs };

function filter(query: string): Filter {
  const parsed = parseQuery(query, { nowMs, timeZone: 'UTC' });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.filter;
}

describe('nothing matched', () => {
  test.each([
    ['since:24h', 'nothing matched since 2026-11-22 11:42:00 (24h)'],
    ['since:"2026-11-22 11:42"', 'nothing matched since 2026-11-22 11:42:00'],
    ['since:24h until:1m', 'nothing matched since 2026-11-22 11:42:00 (24h) until 2026-11-23 11:42:00'],
  ])('%s tells where it looked', (query, sentence) => {
    expect(nothingMatched(filter(query), range, 'Europe/Berlin')).toEqual([sentence]);
  });

  test.each([
    [
      'app:Contoso',
      'app: compares the whole text, app:Contoso* starts with it; a word without a field searches inside',
    ],
    ['outcome:failed user:ana', expect.stringContaining('user:ana* starts with it')],
    ['app:"Contoso Sh"', expect.stringContaining('app:"Contoso Sh"* starts with it')],
    ['provider:Goggle', expect.stringContaining('provider:Goggle*')],
  ])('%s is told what an exact text means', (query, hint) => {
    expect(nothingMatched(filter(query), range, 'UTC').slice(1)).toEqual([hint]);
  });

  test.each([
    'outcome:failed',
    'error:50181',
    'app:Contoso*',
    '-app:Contoso',
    'provider:Google',
    'contoso',
    'correlation:f4414243-b0ee-4030-9c0c-d661c716a6b8',
  ])('%s needs no such hint', (query) => {
    expect(nothingMatched(filter(query), range, 'UTC')).toHaveLength(1);
  });
});

describe('an operator', () => {
  test.each([
    ['outcome:failed OR outcome:succeeded', /^OR is searched as a word: .*outcome:failed,succeeded$/],
    ['alice AND bob', /^AND /],
    ['NOT outcome:failed', /^NOT .* -outcome:failed$/],
  ])('%s is said to be a word', (query, sentence) => {
    expect(operatorAdvice(filter(query))).toMatch(sentence);
  });

  test.each(['or', 'ORANGE', 'app:OR', ''])('is not seen in %j', (query) => {
    expect(operatorAdvice(filter(query))).toBeNull();
  });
});
