/** Rows that `JSON.parse` takes and nobody could write again: the rest of them is kept, and what is missing is named. */
import { describe, expect, test } from 'vitest';
import { leftOutTeller } from '../../src/headless/left-out.ts';
import { logs } from '../../src/logs/logs.ts';
import { parseEvent } from '../../src/signup/parse-event.ts';
import { LEFT_OUT_VALUE, MOST_LEVELS, safeRow } from '../../src/signup/safe-row.ts';
import { eventOf, rowOf } from '../support/events.ts';

function nested(levels: number, open = '[', close = ']'): string {
  return open.repeat(levels) + close.repeat(levels);
}

function parsed(fields: string): ReturnType<typeof safeRow> {
  return safeRow(JSON.parse(`{"id":"a",${fields},"z":[{"kept":"\\u0000\\ud800"}]}`));
}

describe('a row', () => {
  test.each([
    ['lists', `"deep":${nested(5_000)}`, 'deep'],
    ['objects', `"deep":${nested(5_000, '{"a":', '}').replace('{"a":}', '{}')}`, 'deep'],
    ['one level too many', `"deep":${nested(MOST_LEVELS + 1)}`, 'deep'],
    ['a field called __proto__', `"__proto__":${nested(5_000)}`, '__proto__'],
    ['a number without bounds', '"number":{"in":[1e400]}', 'number'],
  ])('loses a value that nobody can write again, and nothing else: %s', (_, fields, name) => {
    const { row, leftOut } = parsed(fields);
    expect(leftOut).toEqual([name]);
    expect(Object.keys(row)).toEqual(['id', name, 'z']);
    expect(JSON.parse(JSON.stringify(row)).z).toEqual([{ kept: '\0\ud800' }]);
    expect(Object.entries(row)[1]).toEqual([name, LEFT_OUT_VALUE]);
  });

  test.each([
    ['as many levels as may be', `"deep":${nested(MOST_LEVELS)}`],
    ['a long list', `"list":[${'1,'.repeat(300_000)}1]`],
    ['a field that comes twice', '"twice":1,"twice":2'],
    ['a field called constructor', '"constructor":{"prototype":null}'],
    ['a large number', '"number":1.7976931348623157e308'],
  ])('stays as it is, with %s', (_, fields) => {
    const row = JSON.parse(`{"id":"a",${fields}}`);
    expect(safeRow(row)).toEqual({ row, leftOut: [] });
    expect(safeRow(row).row).toBe(row);
  });

  test.each(logs)('of the $name keeps what is known of it, whichever field is too deep', ({ parse, timeField }) => {
    const known = {
      id: 'a',
      [timeField]: '2026-11-23T10:42:00Z',
      status: { errorCode: 50181, deep: JSON.parse(nested(5_000)) },
    };
    const outcome = parse(known);
    if (!outcome.ok) throw new Error(outcome.reason);
    expect(outcome.event.leftOut).toEqual(['status']);
    expect(JSON.stringify(outcome.event.raw)).toContain(LEFT_OUT_VALUE);
    if (outcome.event.log === 'signUps') expect(outcome.event.errorCode).toBe(50181);
  });

  test.each([[null], [[]], [[{ id: 'a' }]], ['text'], [1]])('that is none (%j) is given up in a few words', (row) => {
    for (const { parse } of logs) expect(parse(row)).toEqual({ ok: false, reason: 'not an object' });
  });

  test('without a time is given up in a few words, however long its ID', () => {
    const outcome = parseEvent({ ...rowOf({ n: 1 }), id: 'x'.repeat(1_000_000), createdDateTime: null });
    if (outcome.ok) throw new Error('it has no time');
    expect(outcome.reason.length).toBeLessThan(250);
  });
});

describe('what is told of values that were left out', () => {
  const altered = (n: number) => ({ ...eventOf({ n }), leftOut: ['somethingNew'] });

  test('is which they are, once, and later how many events there are', () => {
    const tell = leftOutTeller();
    expect(tell([eventOf({ n: 0 })])).toBeNull();
    expect(tell([eventOf({ n: 0 }), altered(1)])).toMatch(/left out of the event 00000000-.*: somethingNew\./);
    expect(tell([altered(1)])).toBeNull();
    expect(tell(Array.from({ length: 8 }, (_, n) => altered(n + 1)))).toBeNull();
    expect(tell(Array.from({ length: 12 }, (_, n) => altered(n + 1)))).toBe(
      '12 events so far have a value that was left out',
    );
    expect(tell([altered(13)])).toBeNull();
  });

  test('is how many at once, when the first page has several', () => {
    expect(leftOutTeller()([altered(1), altered(2)])).toContain('2 events so far');
  });
});
