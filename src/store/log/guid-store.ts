/**
 * GUIDs in 16 bytes each, by a code that is used again once its GUID was removed. Texts that are no canonical GUID are kept
 * too, as they are. It does not look for equal ones: that is what the table on top of it does.
 */
import { placeInChunk, Uint32Column } from './columns.ts';
import { formatGuid, type GuidPieces, type GuidWords, parseGuid } from './guid.ts';
import { mixedHash } from './hash-index.ts';

export class GuidStore {
  readonly #words = new Uint32Column();
  readonly #odd = new Map<number, string>();
  readonly #free: number[] = [];
  readonly #scratch: GuidWords = new Uint32Array(4);
  #end = 0;

  /** Codes are below this. */
  get codeEnd(): number {
    return this.#end;
  }

  /** Keeps the text and gives its code. */
  put(text: string): number {
    const code = this.#free.pop() ?? this.#end++;
    if (!parseGuid(text, this.#scratch)) this.#odd.set(code, text);
    else this.#words.setRun(code * 4, this.#scratch);
    return code;
  }

  remove(code: number): void {
    this.#odd.delete(code);
    this.#free.push(code);
  }

  text(code: number): string {
    return (
      this.#odd.get(code) ??
      formatGuid(this.#word(code, 0), this.#word(code, 1), this.#word(code, 2), this.#word(code, 3))
    );
  }

  /** True while any text is no canonical GUID. */
  get hasOddTexts(): boolean {
    return this.#odd.size > 0;
  }

  /** The text when it is no canonical GUID. */
  oddText(code: number): string | undefined {
    return this.#odd.size === 0 ? undefined : this.#odd.get(code);
  }

  hashOf(code: number): number {
    return mixedHash(this.#word(code, 0), this.#word(code, 1), this.#word(code, 2), this.#word(code, 3));
  }

  /** Only for codes that hold a canonical GUID. */
  hasWords(code: number, words: GuidWords): boolean {
    const held = this.#words.chunkOf(code * 4);
    const start = placeInChunk(code * 4);
    for (let word = 0; word < 4; word++) if (held[start + word] !== words[word]) return false;
    return this.oddText(code) === undefined;
  }

  /** True when one of the pieces is there. Only for codes that hold a canonical GUID. */
  hasPiece(code: number, { firsts, rests }: GuidPieces): boolean {
    if (rests.length === 0) return false;
    // The four words of a GUID never lie in two chunks.
    const words = this.#words.chunkOf(code * 4);
    const start = placeInChunk(code * 4);
    for (let at = 0; at < firsts.length; at += 3) {
      const word = words[start + (firsts[at] ?? 0)] ?? 0;
      if (((word ^ (firsts[at + 2] ?? 0)) & (firsts[at + 1] ?? 0)) !== 0) continue;
      const rest = rests[at / 3] ?? [];
      if (rest.every((piece) => (((words[start + piece.word] ?? 0) ^ piece.value) & piece.mask) === 0)) return true;
    }
    return false;
  }

  /** Less than 0 when the text of `a` sorts before that of `b`, by character codes. */
  compare(a: number, b: number): number {
    if (this.oddText(a) !== undefined || this.oddText(b) !== undefined) {
      const [left, right] = [this.text(a), this.text(b)];
      return left < right ? -1 : left > right ? 1 : 0;
    }
    for (let word = 0; word < 4; word++) {
      const difference = this.#word(a, word) - this.#word(b, word);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #word(code: number, word: number): number {
    return this.#words.get(code * 4 + word);
  }
}
