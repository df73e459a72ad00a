/**
 * Distinct texts and their codes, with a count of how often each is used: a text that nobody uses any more is forgotten
 * and its code is used again. Plain ASCII, which nearly all are, lies in one array of bytes, where it can be searched
 * without making strings; everything else is kept as it is.
 */
import { grownBytes, Uint32Column } from './columns.ts';
import { HashIndex, mixedHash } from './hash-index.ts';

/** Longer texts are kept as strings. */
const LONGEST = 1024;
const FEWEST_DEAD_BYTES = 1 << 16;

const lowerCase: Uint8Array = Uint8Array.from({ length: 128 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte,
);

export class TextTable {
  #bytes = new Uint8Array(1024);
  #used = 0;
  #dead = 0;
  readonly #starts = new Uint32Column();
  /** Length in bytes; 0 for what is kept as a string. */
  readonly #lengths = new Uint32Column();
  readonly #uses = new Uint32Column();
  readonly #others = new Map<number, string>();
  readonly #otherCodes = new Map<string, number>();
  readonly #index = new HashIndex((code) => this.#hashAt(this.#starts.get(code), this.#lengths.get(code)));
  readonly #free: number[] = [];
  #end = 0;
  #reuses = 0;

  /** Codes are below this. */
  get codeEnd(): number {
    return this.#end;
  }

  /** Grows whenever a code gets another text: what was remembered about codes is void then. */
  get reuses(): number {
    return this.#reuses;
  }

  /** The code of the text, which counts as used once more. */
  intern(text: string): number {
    if (!isPlain(text)) return this.#internOther(text);
    // The text is written behind the others first: then it can be compared with them, and it is there if it is new.
    const start = this.#used;
    if (start + text.length > this.#bytes.length) this.#bytes = grownBytes(this.#bytes, start + text.length);
    for (let at = 0; at < text.length; at++) this.#bytes[start + at] = text.charCodeAt(at);
    const hash = this.#hashAt(start, text.length);
    const known = this.#index.find(hash, (code) => this.#isAt(code, start, text.length));
    if (known >= 0) return this.#usedAgain(known);
    const code = this.#newCode();
    this.#starts.set(code, start);
    this.#lengths.set(code, text.length);
    this.#used = start + text.length;
    this.#index.add(hash, code);
    return code;
  }

  /** Takes back one use. */
  release(code: number): void {
    const uses = this.#uses.get(code) - 1;
    this.#uses.set(code, uses);
    if (uses > 0) return;
    const other = this.#others.get(code);
    if (other !== undefined) {
      this.#others.delete(code);
      this.#otherCodes.delete(other);
    } else {
      const length = this.#lengths.get(code);
      this.#index.remove(this.#hashAt(this.#starts.get(code), length), code);
      this.#dead += length;
    }
    this.#free.push(code);
    if (this.#dead > FEWEST_DEAD_BYTES && this.#dead > this.#used >>> 1) this.#compact();
  }

  text(code: number): string {
    const start = this.#starts.get(code);
    const other = this.otherText(code);
    return other ?? String.fromCharCode(...this.#bytes.subarray(start, start + this.#lengths.get(code)));
  }

  /** The text when it is not plain ASCII. */
  otherText(code: number): string | undefined {
    return this.#others.size === 0 ? undefined : this.#others.get(code);
  }

  /** Less than 0 when the text of `a` sorts before that of `b`, by character codes, ignoring case. */
  compare(a: number, b: number): number {
    if (this.otherText(a) !== undefined || this.otherText(b) !== undefined) {
      const [left, right] = [sortForm(this.text(a)), sortForm(this.text(b))];
      return left < right ? -1 : left > right ? 1 : 0;
    }
    const bytes = this.#bytes;
    const [startOfA, startOfB] = [this.#starts.get(a), this.#starts.get(b)];
    const [lengthOfA, lengthOfB] = [this.#lengths.get(a), this.#lengths.get(b)];
    for (let at = 0; at < lengthOfA && at < lengthOfB; at++) {
      const difference = (lowerCase[bytes[startOfA + at] ?? 0] ?? 0) - (lowerCase[bytes[startOfB + at] ?? 0] ?? 0);
      if (difference !== 0) return difference;
    }
    return lengthOfA - lengthOfB;
  }

  /** Length of a plain text; 0 for every other. */
  plainLength(code: number): number {
    return this.#lengths.get(code);
  }

  /** True when the text, in lower case, contains the needle. Only for plain texts; the needle is lower case. */
  plainContains(code: number, needle: Uint8Array): boolean {
    const start = this.#starts.get(code);
    const last = start + this.#lengths.get(code) - needle.length;
    for (let at = start; at <= last; at++) if (this.#startsWith(at, needle)) return true;
    return false;
  }

  /** True when the text, in lower case, starts with the needle. Only for plain texts; the needle is lower case. */
  plainStartsWith(code: number, needle: Uint8Array): boolean {
    return this.#lengths.get(code) >= needle.length && this.#startsWith(this.#starts.get(code), needle);
  }

  #startsWith(start: number, needle: Uint8Array): boolean {
    const bytes = this.#bytes;
    for (let at = 0; at < needle.length; at++) {
      if (lowerCase[bytes[start + at] ?? 0] !== needle[at]) return false;
    }
    return true;
  }

  #internOther(text: string): number {
    const known = this.#otherCodes.get(text);
    if (known !== undefined) return this.#usedAgain(known);
    const code = this.#newCode();
    this.#lengths.set(code, 0);
    this.#others.set(code, text);
    this.#otherCodes.set(text, code);
    return code;
  }

  #newCode(): number {
    const freed = this.#free.pop();
    if (freed !== undefined) this.#reuses++;
    const code = freed ?? this.#end++;
    this.#uses.set(code, 1);
    return code;
  }

  #usedAgain(code: number): number {
    this.#uses.set(code, this.#uses.get(code) + 1);
    return code;
  }

  #isAt(code: number, start: number, length: number): boolean {
    if (this.#lengths.get(code) !== length) return false;
    const held = this.#starts.get(code);
    const bytes = this.#bytes;
    for (let at = 0; at < length; at++) if (bytes[held + at] !== bytes[start + at]) return false;
    return true;
  }

  #hashAt(start: number, length: number): number {
    const bytes = this.#bytes;
    let hash = 0x811c9dc5;
    for (let at = start; at < start + length; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    return mixedHash(hash, length, 0, 0);
  }

  /** Moves the living texts together, once the dead ones take more room than they. */
  #compact(): void {
    const old = this.#bytes;
    const compacted = new Uint8Array((this.#used - this.#dead) * 2 + 1024);
    let end = 0;
    for (let code = 0; code < this.#end; code++) {
      const length = this.#uses.get(code) === 0 ? 0 : this.#lengths.get(code);
      if (length === 0) continue;
      const start = this.#starts.get(code);
      for (let at = 0; at < length; at++) compacted[end + at] = old[start + at] ?? 0;
      this.#starts.set(code, end);
      end += length;
    }
    this.#bytes = compacted;
    this.#used = end;
    this.#dead = 0;
  }
}

/** Lower-case ASCII as bytes, to be searched for; null when the text has anything else, which no plain text contains. */
export function needleOf(text: string): Uint8Array | null {
  return isPlain(text) ? Uint8Array.from(text, (character) => character.charCodeAt(0)) : null;
}

/** The part of a text that decides where it is sorted: no table shows more. */
export const MOST_COMPARED = 256;

function sortForm(text: string): string {
  return text.slice(0, MOST_COMPARED).toLowerCase();
}

/** Printable ASCII: shown as it is, and lower case is a matter of one byte. */
function isPlain(text: string): boolean {
  if (text.length > LONGEST) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}
