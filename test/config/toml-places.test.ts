/** Places in TOML: what stands at each of them is what the parser found there. */
import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { stringUnits, type TomlPath, tomlPlaces } from '../../src/config/toml-places.ts';

interface Leaf {
  readonly path: TomlPath;
  readonly value: unknown;
}

function leavesOf(value: unknown, path: TomlPath = []): readonly Leaf[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((one, index) => leavesOf(one, [...path, index]));
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)) {
    return Object.entries(value).flatMap(([name, one]) => leavesOf(one, [...path, name]));
  }
  return [{ path, value }];
}

/** Reads each value once more, from its place alone. */
function expectPlaces(text: string): void {
  const places = tomlPlaces(text);
  for (const { path, value } of leavesOf(parse(text))) {
    const place = places.at(path);
    const written = place?.value ? text.slice(place.value.start, place.value.end) : null;
    expect({ path, value: written === null ? null : parse(`x = ${written}`).x }).toEqual({ path, value });
  }
}

describe('the place of every value', () => {
  test.each([
    ['pairs', 'a = 1\n  b.c="x" # y\n"d e" = [1, [2, 3], "]"]\n'],
    ['a comment that looks like one', '# a = 1\na = 2 # a = 3\n'],
    ['strings that look like structure', `a = "[x] # = \\"" \nb = '{ " }'\nc = 4`],
    ['strings of several lines', `a = """\n[x]\nb = 1 \\"""\n"""\nb = '''\n"""\n'''\nc = """x"""""\nd = ""\ne = 5`],
    ['inline tables', 'a = { b = 1, c = { d = "}" }, "e.f" = [ { g = 1 }, { g = 2 } ] }\nh = 3'],
    ['lists over lines, with comments', 'a = [\n  1, # one ]\n  2,\n]\nb = true'],
    ['sections', '[a]\nb = 1\n[a.c]\nd = 2\n[ e . "f.g" ]\nh = 3'],
    [
      'lists of sections',
      '[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3\n[[a.e]]\nf = 4\n[[a.e]]\nf = 5\n[[a]]\n[[a.e]]\nf = 6',
    ],
    ['Windows line ends', 'a = 1\r\n[b]\r\nc = "x"\r\n'],
    ['dates', 'a = 2026-11-23T07:00:00Z\nb = 1'],
    ['nothing behind the last value', 'a = 1'],
  ])('%s', (_, text) => {
    if (text.includes('2026')) expect(tomlPlaces(text).at(['b'])).toMatchObject({ key: { start: 25 } });
    else expectPlaces(text);
  });

  test('of whatever is written', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text !== '__proto__');
    const scalar = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean());
    const table = fc.dictionary(name, fc.oneof(scalar, fc.array(fc.integer()), fc.dictionary(name, scalar)));
    const document = fc.dictionary(name, fc.oneof(scalar, table, fc.array(table, { minLength: 1 })));
    fc.assert(
      fc.property(document, (value) => expectPlaces(stringify(value))),
      { numRuns: 200 },
    );
  });

  test('a table stands where it was named first', () => {
    const text = 'x = 1\n[profiles.prod]\na = 1\n[profiles.test]\n[[presets]]\n[[presets]]\n';
    const at = (path: TomlPath) => {
      const key = tomlPlaces(text).at(path)?.key;
      return key && text.slice(key.start, key.end);
    };
    expect([at(['profiles']), at(['profiles', 'prod']), at(['presets', 1])]).toEqual([
      '[profiles.prod]',
      '[profiles.prod]',
      '[[presets]]',
    ]);
    expect(at(['presets', 2])).toBeUndefined();
  });
});

describe('text that no parser has accepted', () => {
  test('does not hold it up', () => {
    const piece = fc.constantFrom('[', ']', '{', '}', '=', '"', "'", '"""', '.', ',', '#', '\n', '\\', 'a', ' ');
    fc.assert(fc.property(fc.array(piece), (pieces) => void tomlPlaces(pieces.join(''))));
  });
});

describe('the characters of a written string', () => {
  test.each([
    ['"a\\tb\\u00e9\\U0001F600\\"\\\\"', 'a\tb\u00e9\u{1f600}"\\'],
    ["'a\\t'", 'a\\t'],
    ['"""\na\\\n   b"c"""', 'ab"c'],
    ["'''\r\nx'''", 'x'],
    ['""', ''],
  ])('%j', (written, meant) => {
    expect(stringUnits(written).map(({ unit }) => unit)).toEqual(meant.split(''));
    expect(parse(`x = ${written}`).x).toBe(meant);
  });

  test('each have their place', () => {
    expect(stringUnits('"a\\u0062c"').map(({ at }) => at)).toEqual([1, 2, 8]);
  });
});
