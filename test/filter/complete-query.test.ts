import { describe, expect, it } from 'vitest';
import { completeQuery } from '../../src/filter/complete-query.ts';
import { parseQuery } from '../../src/filter/parse-query.ts';

const values: { readonly [field: string]: readonly string[] } = {
  outcome: ['succeeded', 'interrupted', 'failed'],
  app: ['Contoso Shop', 'Fabrikam Loyalty', 'a "quoted" one', 'x,y'],
  provider: ['Email OTP', 'Google'],
};
const valuesOf = (field: string) => values[field] ?? [];

/** The text with the first completion taken at the `|`. */
function completed(marked: string): string | null {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const [first] = completeQuery(text, cursor, valuesOf);
  return first ? text.slice(0, first.start) + first.text + text.slice(first.end) : null;
}

describe('completing a query', () => {
  it.each([
    ['out|', 'outcome:'],
    ['-out|', '-outcome:'],
    ['SIN|', 'since:'],
    ['outcome:f|', 'outcome:failed'],
    ['outcome:failed,s|', 'outcome:failed,succeeded'],
    ['-outcome:i|', '-outcome:interrupted'],
    ['app:con|', 'app:"Contoso Shop"'],
    ['app:"con|', 'app:"Contoso Shop"'],
    ['app:"Contoso Shop" prov|', 'app:"Contoso Shop" provider:'],
    ['app:"Contoso Shop",loy|', 'app:"Contoso Shop","Fabrikam Loyalty"'],
    ['app:quot|', 'app:"a \\"quoted\\" one"'],
    ['out| app:x', 'outcome: app:x'],
    ['nofield:a|', null],
    ['app:zzz|', null],
  ])('%s becomes %s', (marked, expected) => {
    expect(completed(marked)).toBe(expected);
  });

  it('prefers values that start with what was typed, then the most frequent', () => {
    const labels = completeQuery('provider:o', 10, valuesOf).map(({ label }) => label);
    expect(labels).toEqual(['Email OTP', 'Google']);
    expect(completeQuery('provider:g', 10, valuesOf)[0]?.label).toBe('Google');
  });

  it('offers only what the parser reads', () => {
    for (const value of valuesOf('app')) {
      const text = completed(`app:${value.slice(0, 1)}|`) ?? '';
      expect(parseQuery(text, { nowMs: 0, timeZone: 'UTC' }).ok, text).toBe(true);
    }
  });
});
