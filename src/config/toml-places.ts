/**
 * Where in a TOML text each key and value stands, so that a complaint can point at it; parsers tell only values. It is
 * made for text that a parser has accepted, and judges nothing itself.
 */

/** From `start` up to before `end`, in UTF-16 units of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface TomlPlace {
  /** The key, or the `[header]`; of an element of an array, the element. */
  readonly key: Span;
  /** Null for a table that a header began. */
  readonly value: Span | null;
}

export type TomlPath = readonly (string | number)[];

/** What stands first at a path wins: of a table, the header or the key that named it first. */
export interface TomlPlaces {
  readonly at: (path: TomlPath) => TomlPlace | null;
}

const BLANK = /(?:[ \t\r\n\ufeff]|#[^\n]*)*/y;
const BARE = /[^\s=.,[\]{}#"']+/y;
const STRING = /"""(?:\\[\s\S]|[^\\])*?"""(?!")|'''[\s\S]*?'''(?!')|"(?:\\.|[^"\\\n])*"|'[^'\n]*'/y;
const SIMPLE_VALUE = /[^,\]}#\r\n]+/y;

/** Takes text that is valid TOML. Takes time in proportion to its length. */
export function tomlPlaces(text: string): TomlPlaces {
  const places = new Map<string, TomlPlace>();
  const lengths = new Map<string, number>();
  const keep = (path: TomlPath, place: TomlPlace) => {
    const name = nameOf(path);
    if (!places.has(name)) places.set(name, place);
  };
  let at = 0;

  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };

  const keyParts = (): readonly string[] => {
    const parts: string[] = [];
    do {
      take(/[ \t.]*/y);
      const quoted = take(STRING);
      parts.push(quoted === '' ? take(BARE) : unquoted(quoted));
      take(/[ \t]*/y);
    } while (text[at] === '.');
    return parts;
  };

  /** The path as it is in the parsed value: through the last element of each array of tables. */
  const resolved = (parts: readonly string[], key: Span): TomlPath => {
    let path: TomlPath = [];
    for (const part of parts) {
      path = [...path, part];
      keep(path, { key, value: null });
      const length = lengths.get(nameOf(path));
      if (length !== undefined) path = [...path, length - 1];
    }
    return path;
  };

  const header = (): TomlPath => {
    const start = at;
    const brackets = take(/\[\[?/y);
    const parts = keyParts();
    take(/\]\]?/y);
    const key = { start, end: at };
    if (brackets === '[') return resolved(parts, key);
    const path = [...resolved(parts.slice(0, -1), key), parts.at(-1) ?? ''];
    const index = lengths.get(nameOf(path)) ?? 0;
    lengths.set(nameOf(path), index + 1);
    keep(path, { key, value: null });
    keep([...path, index], { key, value: null });
    return [...path, index];
  };

  const pair = (table: TomlPath): void => {
    const start = at;
    const parts = keyParts();
    const key = { start, end: start + text.slice(start, at).trimEnd().length };
    take(/[ \t]*=[ \t]*/y);
    const path = [...table, ...parts];
    parts.slice(0, -1).forEach((_, index) => {
      keep([...table, ...parts.slice(0, index + 1)], { key, value: null });
    });
    const value = readValue(path);
    keep(path, { key, value });
  };

  const readValue = (path: TomlPath): Span => {
    const start = at;
    const opening = text[at];
    if (opening === '[' || opening === '{') {
      at++;
      for (let index = 0; at < text.length; index++) {
        take(BLANK);
        if (text[at] === ']' || text[at] === '}') break;
        const before = at;
        if (opening === '{') pair(path);
        else {
          const element = readValue([...path, index]);
          keep([...path, index], { key: element, value: element });
        }
        take(BLANK);
        if (text[at] === ',') at++;
        else if (at === before) break;
      }
      at++;
      return { start, end: at };
    }
    if (take(STRING) !== '') return { start, end: at };
    return { start, end: start + take(SIMPLE_VALUE).trimEnd().length };
  };

  let table: TomlPath = [];
  while (at < text.length) {
    take(BLANK);
    const before = at;
    if (text[at] === '[') table = header();
    else if (at < text.length) pair(table);
    // Not reached for valid text; it keeps any other from holding this up.
    if (at === before) at++;
  }
  return { at: (path) => places.get(nameOf(path)) ?? null };
}

function nameOf(path: TomlPath): string {
  return JSON.stringify(path);
}

function unquoted(text: string): string {
  return text.startsWith("'")
    ? text.slice(1, -1)
    : stringUnits(text)
        .map(({ unit }) => unit)
        .join('');
}

interface StringUnit {
  readonly unit: string;
  /** Where it stands in the written string, its quotes counted. */
  readonly at: number;
}

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\u001b'],
]);

/** The UTF-16 units that a written string (any of the four kinds, with its quotes) stands for, each with its place. */
export function stringUnits(written: string): readonly StringUnit[] {
  const quote = /^("""|'''|"|')/.exec(written)?.[0] ?? '';
  const units: StringUnit[] = [];
  const end = written.length - quote.length;
  let at = quote.length;
  // A line feed right behind the three quotes does not count.
  if (quote.length === 3) at += /^\r?\n/.exec(written.slice(at))?.[0].length ?? 0;
  while (at < end) {
    const escaped = quote.startsWith('"') && written[at] === '\\' ? escapeAt(written, at) : null;
    const meant = escaped?.meant ?? written.charAt(at);
    for (let index = 0; index < meant.length; index++) units.push({ unit: meant.charAt(index), at });
    at += escaped?.length ?? 1;
  }
  return units;
}

function escapeAt(written: string, at: number): { readonly meant: string; readonly length: number } {
  const rest = written.slice(at, at + 10);
  const code = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/.exec(rest);
  if (code !== null) {
    const point = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16);
    return { meant: String.fromCodePoint(point), length: code[0].length };
  }
  // At the end of a line it joins the next one, without the space that this begins with.
  const joint = /^\\[ \t]*\r?\n[ \t\r\n]*/.exec(written.slice(at))?.[0];
  if (joint !== undefined) return { meant: '', length: joint.length };
  const letter = rest.charAt(1);
  return { meant: SHORT_ESCAPES.get(letter) ?? letter, length: 2 };
}
