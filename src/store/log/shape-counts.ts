/** How many attempts have each shape. A shape that no attempt has any more is forgotten, and its code is used again. */

import { clusterKey, clusterOf, type FailureCluster, funnelKey, type ShapeCount } from '../../figures/funnel.ts';
import type { AttemptShape } from '../../signup/attempt.ts';

export interface CountedShape {
  readonly shape: AttemptShape;
  /** Null when the attempts did not fail. */
  readonly cluster: FailureCluster | null;
  readonly clusterKey: string;
  /** Shared by all shapes that count alike in funnels. */
  readonly alike: Alike;
  attempts: number;
}

interface Alike {
  readonly key: string;
  /** One of them. */
  readonly shape: AttemptShape;
  attempts: number;
}

export class ShapeCounts {
  readonly #codes = new Map<AttemptShape, number>();
  readonly #byCode: CountedShape[] = [];
  readonly #free: number[] = [];
  readonly #alike = new Map<string, Alike>();

  *[Symbol.iterator](): Generator<ShapeCount> {
    for (const { shape, attempts } of this.#byCode) if (attempts > 0) yield [shape, attempts];
  }

  /** One shape for all that count alike in funnels, with the number of attempts of all of them. */
  get funnelShapes(): readonly ShapeCount[] {
    return [...this.#alike.values()].map(({ shape, attempts }) => [shape, attempts]);
  }

  codeOf(shape: AttemptShape): number {
    const known = this.#codes.get(shape);
    if (known !== undefined) return known;
    const code = this.#free.pop() ?? this.#byCode.length;
    const cluster = clusterOf(shape);
    const key = funnelKey(shape);
    const alike = this.#alike.get(key) ?? { key, shape, attempts: 0 };
    this.#alike.set(key, alike);
    this.#codes.set(shape, code);
    this.#byCode[code] = { shape, cluster, clusterKey: cluster ? clusterKey(cluster) : '', alike, attempts: 0 };
    return code;
  }

  /** One attempt more (1) or less (-1). */
  add(code: number, difference: 1 | -1): CountedShape {
    const counted = this.#byCode[code];
    if (!counted) throw new RangeError(`no shape ${code}`);
    counted.attempts += difference;
    counted.alike.attempts += difference;
    if (counted.alike.attempts === 0) this.#alike.delete(counted.alike.key);
    if (counted.attempts === 0) {
      this.#codes.delete(counted.shape);
      this.#free.push(code);
    }
    return counted;
  }
}
