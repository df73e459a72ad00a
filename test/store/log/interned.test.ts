/** The parts that the event log is made of: columns, hashes, GUIDs, texts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Float64Column, Uint32Column } from '../../../src/store/log/columns.ts';
import { beginningsOf, formatGuid, parseGuid, partsOf } from '../../../src/store/log/guid.ts';
import { GuidStore } from '../../../src/store/log/guid-store.ts';
import { GuidTable } from '../../../src/store/log/guid-table.ts';
import { HashIndex } from '../../../src/store/log/hash-index.ts';
import { RawBlocks } from '../../../src/store/log/raw-blocks.ts';
import { needleOf, TextTable } from '../../../src/store/log/text-table.ts';
import { guid, plainPacker } from './sample-events.ts';

const anyGuid = fc.uuid();

describe('a column', () => {
  it('keeps what was written at any row, and reads 0 elsewhere', () => {
    const rows = [0, 16383, 16384, 70000];
    for (const column of [new Uint32Column(), new Float64Column()]) {
      for (const row of rows) column.set(row, row + 1);
      expect(rows.map((row) => column.get(row))).toEqual(rows.map((row) => row + 1));
      expect([1, 50000, 1_000_000].map((row) => column.get(row))).toEqual([0, 0, 0]);
    }
  });
});

describe('the hash index', () => {
  it('finds what is in it and nothing else, however alike the hashes are', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(60)), { maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.constantFrom(1, 3, 64), (list, hashes) => {
        const hashOf = (code: number) => (code % hashes) + 13;
        const index = new HashIndex(hashOf);
        const held = new Set<number>();
        for (const [adds, code] of list) {
          if (adds && !held.has(code)) index.add(hashOf(code), code);
          if (!adds && held.has(code)) index.remove(hashOf(code), code);
          if (adds) held.add(code);
          else held.delete(code);
          for (let wanted = 0; wanted <= 60; wanted++) {
            expect(index.find(hashOf(wanted), (found) => found === wanted)).toBe(held.has(wanted) ? wanted : -1);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('a GUID', () => {
  it('comes back from its words as it was', () => {
    fc.assert(
      fc.property(anyGuid, (text) => {
        const words = new Uint32Array(4);
        expect(parseGuid(text, words)).toBe(true);
        expect(formatGuid(words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, words[3] ?? 0)).toBe(text);
      }),
    );
  });

  it.each([
    '',
    'abc',
    guid(1).toUpperCase().replace(/^./, 'A'),
    `${guid(1).slice(1)}g`,
    guid(1).replaceAll('-', '0'),
    `${guid(1)} `,
  ])('has no words when it is not canonical: %j', (text) => expect(parseGuid(text, new Uint32Array(4))).toBe(false));

  it('is searched for a piece as its text would be', () => {
    const anyPiece = fc.oneof(
      fc.tuple(anyGuid, fc.nat(35), fc.nat(36)).map(([text, from, length]) => text.slice(from, from + length)),
      fc.constantFrom('-', '0', 'g', '--', 'a-', '-4', '8-'),
    );
    fc.assert(
      fc.property(anyGuid, anyPiece, fc.boolean(), (text, other, own) => {
        const store = new GuidStore();
        const code = store.put(text);
        const piece = own ? text.slice(other.length, other.length * 2) : other;
        expect(store.hasPiece(code, partsOf(piece))).toBe(text.includes(piece));
        expect(store.hasPiece(code, beginningsOf(['nothing', piece]))).toBe(text.startsWith(piece));
      }),
      { numRuns: 1000 },
    );
  });

  it('sorts as its text does, odd ones among them', () => {
    const anyText = fc.oneof(anyGuid, fc.constantFrom('', 'odd', '1', 'f', guid(1).toUpperCase()));
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const store = new GuidStore();
        expect(Math.sign(store.compare(store.put(a), store.put(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
});

describe('a table of GUIDs', () => {
  it('finds thousands, forgets those that are removed, and uses their codes again', () => {
    const table = new GuidTable();
    const texts = [...Array.from({ length: 5000 }, (_, number) => guid(number)), 'odd', guid(7).toUpperCase()];
    const codes = texts.map((text) => table.add(text));
    expect(texts.map((text) => table.find(text))).toEqual(codes);
    expect(codes.map((code) => table.store.text(code))).toEqual(texts);
    for (const [index, code] of codes.entries()) if (index % 2 === 0) table.remove(code);
    expect(texts.map((text) => table.find(text))).toEqual(codes.map((code, index) => (index % 2 === 0 ? -1 : code)));
    expect(codes).toContain(table.add('new'));
    expect(table.find('new')).toBeGreaterThanOrEqual(0);
  });
});

describe('a table of texts', () => {
  it('gives equal texts one code, and forgets a text with its last use', () => {
    const table = new TextTable();
    const code = table.intern('ann@example.org');
    expect([table.intern('ann@example.org'), table.intern('ünï')]).toEqual([code, code + 1]);
    table.release(code);
    expect(table.text(code)).toBe('ann@example.org');
    table.release(code);
    expect(table.reuses).toBe(0);
    expect(table.intern('bob@example.org')).toBe(code);
    expect(table.reuses).toBe(1);
    expect([table.text(code), table.text(code + 1)]).toEqual(['bob@example.org', 'ünï']);
  });

  it('keeps the living texts through many that come and go', () => {
    const table = new TextTable();
    const textOf = (number: number) => `${'x'.repeat(number % 90)}${number}@example.org`;
    const held = new Map<number, number>();
    for (let number = 0; number < 20_000; number++) {
      held.set(number, table.intern(textOf(number)));
      const old = held.get(number - 500);
      // Every hundredth lives on.
      if (old === undefined || (number - 500) % 100 === 0) continue;
      table.release(old);
      held.delete(number - 500);
    }
    expect(table.codeEnd).toBeLessThan(1000);
    for (const [number, code] of held) {
      expect(table.text(code)).toBe(textOf(number));
      expect(table.intern(textOf(number))).toBe(code);
    }
  });

  it('is searched as the lower-case text would be', () => {
    const anyText = fc.string({ unit: fc.constantFrom('a', 'B', 'b', '@', 'ü', '~'), maxLength: 8 });
    fc.assert(
      fc.property(anyText, anyText, (text, sought) => {
        const table = new TextTable();
        const code = table.intern(text);
        const wanted = sought.toLowerCase();
        const needle = needleOf(wanted);
        expect(needle === null).toBe(sought.includes('ü'));
        expect(table.otherText(code)).toBe(text.includes('ü') ? text : undefined);
        if (needle === null || text.includes('ü')) return;
        expect(table.plainContains(code, needle)).toBe(text.toLowerCase().includes(wanted));
        expect(table.plainStartsWith(code, needle)).toBe(text.toLowerCase().startsWith(wanted));
      }),
      { numRuns: 500 },
    );
  });

  it('takes very long texts', () => {
    const table = new TextTable();
    const long = 'x'.repeat(100_000);
    expect(table.text(table.intern(long))).toBe(long);
  });
});

describe('blocks of lines', () => {
  it('go on with an open block whose lines were all given up', () => {
    const blocks = new RawBlocks(plainPacker);
    blocks.release(blocks.add('first'));
    const place = blocks.add('second');
    expect(blocks.reader(place)()).toBe('second');
  });

  it('use the place of a block again that nobody needs any more', () => {
    const blocks = new RawBlocks(plainPacker);
    const places = Array.from({ length: 300 }, (_, index) => blocks.add(`line ${index}`));
    for (const place of places.slice(0, 128)) blocks.release(place);
    expect(() => blocks.reader(places[5] ?? 0)).toThrow(RangeError);
    const more = Array.from({ length: 300 }, (_, index) => blocks.add(`more ${index}`));
    expect(Math.max(...more)).toBeLessThan(600);
    expect([places[130] ?? 0, more[0] ?? 0, more[200] ?? 0].map((place) => blocks.reader(place)())).toEqual([
      'line 130',
      'more 0',
      'more 200',
    ]);
  });
});
