import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyFilter, type Filter } from '../../src/filter/filter.ts';
import { parseQuery } from '../../src/filter/parse-query.ts';
import { printQuery } from '../../src/filter/print-query.ts';
import { clearField, excludeValue, setRange, toggleValue, valueState } from '../../src/filter/toggle.ts';
import { arbitraryFilter } from './arbitrary-filter.ts';

function filterOf(query: string): Filter {
  const parsed = parseQuery(query, { nowMs: 0, timeZone: 'UTC' });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.filter;
}

describe('stepping through the values of a field', () => {
  it.each([
    ['', 'outcome:failed'],
    ['outcome:failed', ''],
    ['outcome:interrupted gmail', 'outcome:interrupted,failed gmail'],
    ['-outcome:failed', 'outcome:failed'],
    ['-outcome:failed,unknown', '-outcome:unknown outcome:failed'],
    ['outcome:f*', 'outcome:f*,failed'],
  ])('includes: %j becomes %j', (before, after) => {
    expect(printQuery(toggleValue(filterOf(before), 'outcome', 'failed'))).toBe(after);
  });

  it.each([
    ['', '-outcome:failed'],
    ['-outcome:failed', ''],
    ['outcome:failed,interrupted', 'outcome:interrupted -outcome:failed'],
    ['-outcome:unknown', '-outcome:unknown,failed'],
  ])('excludes: %j becomes %j', (before, after) => {
    expect(printQuery(excludeValue(filterOf(before), 'outcome', 'failed'))).toBe(after);
  });

  it('tells how a value is treated, whatever its letter case', () => {
    const filter = filterOf('user:Ana@example.org -stage:create');
    expect(valueState(filter, 'user', 'ana@EXAMPLE.org')).toBe('included');
    expect(valueState(filter, 'stage', 'userCreation')).toBe('excluded');
    expect(valueState(filter, 'stage', 'consent')).toBe('free');
  });

  it('is undone by doing it again', () => {
    fc.assert(
      fc.property(arbitraryFilter, (filter) => {
        if (valueState(filter, 'provider', 'Google') !== 'free') return;
        for (const edit of [toggleValue, excludeValue]) {
          const once = edit(filter, 'provider', 'Google');
          expect(valueState(once, 'provider', 'Google')).not.toBe('free');
          expect(edit(once, 'provider', 'Google')).toEqual(filter);
        }
      }),
    );
  });

  it('clears a field without touching the others', () => {
    const filter = filterOf('outcome:failed stage:create -outcome:unknown gmail since:1h');
    expect(printQuery(clearField(filter, 'outcome'))).toBe('stage:userCreation gmail since:1h');
  });

  it('sets and opens the time range', () => {
    const point = { text: '24h', atMs: 1 };
    expect(printQuery(setRange(emptyFilter, point, null))).toBe('since:24h');
    expect(setRange(filterOf('gmail since:1h'), null, null).since).toBeNull();
  });
});
