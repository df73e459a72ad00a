/** Which events share a correlation ID: the IDs, each once, and through the events of each a chain in no special order. */
import { Uint32Column } from './columns.ts';
import { GuidTable } from './guid-table.ts';

export class Chains {
  readonly ids = new GuidTable();
  /** By code of the ID: the first position + 1; 0 when there is none. */
  readonly #heads = new Uint32Column();
  readonly #codes = new Uint32Column();
  /** By position: the next and the one before, + 1; 0 at the ends. */
  readonly #next = new Uint32Column();
  readonly #previous = new Uint32Column();

  add(position: number, correlationId: string): void {
    const known = this.ids.find(correlationId);
    const code = known >= 0 ? known : this.ids.add(correlationId);
    const head = this.#heads.get(code);
    this.#codes.set(position, code);
    this.#next.set(position, head);
    this.#previous.set(position, 0);
    if (head > 0) this.#previous.set(head - 1, position + 1);
    this.#heads.set(code, position + 1);
  }

  remove(position: number): void {
    const code = this.codeOf(position);
    const next = this.#next.get(position);
    const previous = this.#previous.get(position);
    if (next > 0) this.#previous.set(next - 1, previous);
    if (previous > 0) this.#next.set(previous - 1, next);
    else this.#heads.set(code, next);
    if (next === 0 && previous === 0) this.ids.remove(code);
  }

  /** The code of the event's correlation ID in `ids`. */
  codeOf(position: number): number {
    return this.#codes.get(position);
  }

  /** The positions with this correlation ID, in no special order. */
  of(correlationId: string): number[] {
    const code = this.ids.find(correlationId);
    const positions: number[] = [];
    if (code < 0) return positions;
    for (let link = this.#heads.get(code); link > 0; link = this.#next.get(link - 1)) positions.push(link - 1);
    return positions;
  }
}
