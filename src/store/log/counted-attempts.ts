/** What each attempt was counted as, by its number: a code for its shape, and its two minutes. It counts nothing itself. */
import { Float64Column, Uint32Column } from './columns.ts';

export interface CountedAs {
  readonly code: number;
  /** In which it began and in which it ended, by their numbers since the epoch. */
  readonly startMinute: number;
  readonly lastMinute: number;
}

export class CountedAttempts {
  /** Of attempts with a correlation ID, and of events without one, whose numbers are below 0. */
  readonly #columns = [new Columns(), new Columns()] as const;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Null when it is not counted. */
  get(key: number): CountedAs | null {
    return key < 0 ? this.#columns[1].get(-1 - key) : this.#columns[0].get(key);
  }

  /** Null takes away what is there. */
  replace(key: number, before: CountedAs | null, counted: CountedAs | null): void {
    this.#size += (counted ? 1 : 0) - (before ? 1 : 0);
    if (key < 0) this.#columns[1].set(-1 - key, counted);
    else this.#columns[0].set(key, counted);
  }
}

class Columns {
  /** Codes + 1; 0 where nothing is counted. */
  readonly #links = new Uint32Column();
  readonly #startMinutes = new Float64Column();
  readonly #lastMinutes = new Float64Column();

  get(row: number): CountedAs | null {
    const link = this.#links.get(row);
    if (link === 0) return null;
    return { code: link - 1, startMinute: this.#startMinutes.get(row), lastMinute: this.#lastMinutes.get(row) };
  }

  set(row: number, counted: CountedAs | null): void {
    this.#links.set(row, counted ? counted.code + 1 : 0);
    if (!counted) return;
    this.#startMinutes.set(row, counted.startMinute);
    this.#lastMinutes.set(row, counted.lastMinute);
  }
}
