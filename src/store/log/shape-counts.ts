/** How many attempts have each shape. A shape that no attempt has any more is forgotten, and its code is used again. */
import type { AttemptShape } from '../../signup/attempt.ts';
import { clusterKey, clusterOf, type FailureCluster } from '../../signup/funnel.ts';

export interface CountedShape {
  readonly shape: AttemptShape;
  /** Null when the attempts did not fail. */
  readonly cluster: FailureCluster | null;
  readonly clusterKey: string;
  attempts: number;
}

export class ShapeCounts {
  readonly #codes = new Map<AttemptShape, number>();
  readonly #byCode: CountedShape[] = [];
  readonly #free: number[] = [];

  get size(): number {
    return this.#codes.size;
  }

  *[Symbol.iterator](): Generator<readonly [shape: AttemptShape, attempts: number]> {
    for (const { shape, attempts } of this.#byCode) if (attempts > 0) yield [shape, attempts];
  }

  codeOf(shape: AttemptShape): number {
    const known = this.#codes.get(shape);
    if (known !== undefined) return known;
    const code = this.#free.pop() ?? this.#byCode.length;
    const cluster = clusterOf(shape);
    this.#codes.set(shape, code);
    this.#byCode[code] = { shape, cluster, clusterKey: cluster ? clusterKey(cluster) : '', attempts: 0 };
    return code;
  }

  /** One attempt more (1) or less (-1). */
  add(code: number, difference: 1 | -1): CountedShape {
    const counted = this.#byCode[code];
    if (!counted) throw new RangeError(`no shape ${code}`);
    counted.attempts += difference;
    if (counted.attempts === 0) {
      this.#codes.delete(counted.shape);
      this.#free.push(code);
    }
    return counted;
  }
}
