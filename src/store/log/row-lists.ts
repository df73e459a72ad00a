/** Lists of rows by code: each row is in one list at most, and can be added and taken away in no time. */
import { Uint32Column } from './columns.ts';

export class RowLists {
  /** By code: the first position + 1; 0 when there is none. */
  readonly #heads = new Uint32Column();
  /** By position: the next and the one before, + 1; 0 at the ends. */
  readonly #next = new Uint32Column();
  readonly #previous = new Uint32Column();

  add(position: number, code: number): void {
    const head = this.#heads.get(code);
    this.#next.set(position, head);
    this.#previous.set(position, 0);
    if (head > 0) this.#previous.set(head - 1, position + 1);
    this.#heads.set(code, position + 1);
  }

  /** True when the list of `code`, in which the row is, has no rows any more. */
  remove(position: number, code: number): boolean {
    const next = this.#next.get(position);
    const previous = this.#previous.get(position);
    if (next > 0) this.#previous.set(next - 1, previous);
    if (previous > 0) this.#next.set(previous - 1, next);
    else this.#heads.set(code, next);
    return next === 0 && previous === 0;
  }

  /** The positions in the list, in no special order; at most `most` of them, those that were added last. */
  of(code: number, most = Number.POSITIVE_INFINITY): number[] {
    const positions: number[] = [];
    for (let link = this.#heads.get(code); link > 0 && positions.length < most; link = this.#next.get(link - 1)) {
      positions.push(link - 1);
    }
    return positions;
  }
}
