/**
 * Randomness that repeats: the same seed and stream always give the same numbers. It must never be used where
 * guessing matters (tokens of a real service, keys).
 */

const GOLDEN = 0x9e3779b9;
const WARM_UP_DRAWS = 12;
const POISSON_NORMAL_FROM = 60;

const hexOfByte: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export class SeededRandom {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /**
   * `stream` and `name` separate independent sequences of one seed: a name for what is drawn, a number for which one of
   * them, such as a bucket of time. Sequences with different names never meet, whatever their numbers.
   */
  constructor(seed: string, stream: number, name = '') {
    this.#a = scramble(hashText(name === '' ? seed : `${name}\0${seed}`) ^ stream);
    this.#b = scramble(this.#a + GOLDEN);
    this.#c = scramble(this.#b + GOLDEN + stream);
    for (let i = 0; i < WARM_UP_DRAWS; i++) this.#word();
  }

  /** One of 2^32 evenly spread values in [0, 1). */
  unit(): number {
    return this.#word() / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.unit() * (max - min + 1));
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[Math.floor(this.unit() * list.length)] ?? list[0];
  }

  /** One value, as often as its weight says against the sum of all weights. */
  weighted<T>(choices: readonly [Weighted<T>, ...Weighted<T>[]]): T {
    const sum = choices.reduce((total, [weight]) => total + weight, 0);
    let left = this.unit() * sum;
    for (const [weight, value] of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    return choices[0][1];
  }

  /** How many of many rare and independent things happen when `mean` are expected. */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean >= POISSON_NORMAL_FROM) {
      const bell = Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * bell));
    }
    const limit = Math.exp(-mean);
    let product = this.unit();
    let count = 0;
    while (product > limit) {
      product *= this.unit();
      count++;
    }
    return count;
  }

  /** A GUID of version 4 in lower case. */
  guid(): string {
    const time = this.#word();
    const middle = ((this.#word() & 0xffff0fff) | 0x4000) >>> 0;
    const node = ((this.#word() & 0x3fffffff) | 0x80000000) >>> 0;
    const first = hexOf(middle);
    const second = hexOf(node);
    return `${hexOf(time)}-${first.slice(0, 4)}-${first.slice(4)}-${second.slice(0, 4)}-${second.slice(4)}${hexOf(this.#word())}`;
  }

  /** `length` characters out of `alphabet`. */
  text(alphabet: string, length: number): string {
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet.charAt(Math.floor(this.unit() * alphabet.length));
    return text;
  }

  /** The next 32 bits of Chris Doty-Humphrey's small fast counting generator ("sfc32"). */
  #word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

export type Weighted<T> = readonly [weight: number, value: T];

/** 32 bits of any text (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return scramble(hash);
}

function scramble(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hexOf(word: number): string {
  return (
    (hexOfByte[word >>> 24] ?? '') +
    (hexOfByte[(word >>> 16) & 255] ?? '') +
    (hexOfByte[(word >>> 8) & 255] ?? '') +
    (hexOfByte[word & 255] ?? '')
  );
}
