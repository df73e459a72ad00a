/** Which events share a correlation ID: the IDs, each once, and through the events of each a chain in no special order. */
import { Uint32Column } from './columns.ts';
import { GuidTable } from './guid-table.ts';
import { RowLists } from './row-lists.ts';

export class Chains {
  readonly ids = new GuidTable();
  readonly #lists = new RowLists();
  readonly #codes = new Uint32Column();

  add(position: number, correlationId: string): void {
    const known = this.ids.find(correlationId);
    const code = known >= 0 ? known : this.ids.add(correlationId);
    this.#codes.set(position, code);
    this.#lists.add(position, code);
  }

  remove(position: number): void {
    const code = this.codeOf(position);
    if (this.#lists.remove(position, code)) this.ids.remove(code);
  }

  /** The code of the event's correlation ID in `ids`. */
  codeOf(position: number): number {
    return this.#codes.get(position);
  }

  /** The same, but -1 for an event without a correlation ID: nobody knows what belongs to it. */
  sharedCodeOf(position: number): number {
    const code = this.codeOf(position);
    return this.ids.store.oddText(code) === '' ? -1 : code;
  }

  /** The positions with this correlation ID, in no special order. */
  of(correlationId: string): number[] {
    const code = this.ids.find(correlationId);
    return code < 0 ? [] : this.withCode(code);
  }

  /** The positions with the correlation ID that has this code, in no special order. */
  withCode(code: number): number[] {
    return this.#lists.of(code);
  }
}
