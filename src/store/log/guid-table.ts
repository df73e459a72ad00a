/** Distinct GUIDs (or odd texts in their place) and their codes: each text has one code as long as it is held. */
import { type GuidWords, parseGuid } from './guid.ts';
import { GuidStore } from './guid-store.ts';
import { HashIndex, mixedHash } from './hash-index.ts';

export class GuidTable {
  readonly store = new GuidStore();
  readonly #index = new HashIndex((code) => this.store.hashOf(code));
  readonly #oddCodes = new Map<string, number>();
  readonly #scratch: GuidWords = new Uint32Array(4);

  /** The code of a text; -1 when it is not held. */
  find(text: string): number {
    const words = this.#scratch;
    if (!parseGuid(text, words)) return this.#oddCodes.get(text) ?? -1;
    return this.#index.find(hashOfWords(words), (code) => this.store.hasWords(code, words));
  }

  /** Adds a text that is not held, and gives its code. */
  add(text: string): number {
    const code = this.store.put(text);
    if (this.store.oddText(code) !== undefined) this.#oddCodes.set(text, code);
    else this.#index.add(this.store.hashOf(code), code);
    return code;
  }

  remove(code: number): void {
    const odd = this.store.oddText(code);
    if (odd !== undefined) this.#oddCodes.delete(odd);
    else this.#index.remove(this.store.hashOf(code), code);
    this.store.remove(code);
  }
}

function hashOfWords(words: GuidWords): number {
  return mixedHash(words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, words[3] ?? 0);
}
