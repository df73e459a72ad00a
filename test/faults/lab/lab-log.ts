/** A sign-up log that a test fills row by row: each row has a number, a time, and a moment from which Graph shows it. */
import { subjectOfRow } from '../../../src/demo/evaluate-filter.ts';
import { signUpRules } from '../../../src/demo/filter-rules.ts';
import { graphTime } from '../../../src/demo/graph-time.ts';
import type { LoggedItem, ServedLog } from '../../../src/demo/log-list.ts';

export interface LabRow {
  readonly n: number;
  /** Event time and the moment from which it is shown, in milliseconds since the epoch. */
  readonly timeMs: number;
  readonly visibleAtMs: number;
  /** Fields of the row that differ from the usual ones. */
  readonly fields: Readonly<Record<string, unknown>>;
}

interface LabItem extends LoggedItem {
  readonly row: object;
}

export class LabLog implements ServedLog<LabItem> {
  readonly path = '/beta/auditLogs/signUps';
  readonly rules = signUpRules;
  readonly #rows: LabRow[] = [];

  /** Adds a row; `lateMs` after its time it is shown. Gives its number. */
  add(timeMs: number, lateMs = 0, fields: LabRow['fields'] = {}): number {
    const n = this.#rows.length + 1;
    const wholeMs = Math.floor(timeMs);
    this.#rows.push({ n, timeMs: wholeMs, visibleAtMs: wholeMs + lateMs, fields });
    return n;
  }

  get rows(): readonly LabRow[] {
    return this.#rows;
  }

  *newestFirst(fromUs: number, toUs: number): Iterable<LabItem> {
    const wanted = this.#rows
      .map((row) => ({ row, timeUs: row.timeMs * 1000 }))
      .filter(({ timeUs }) => timeUs >= fromUs && timeUs <= toUs)
      .sort((a, b) => b.timeUs - a.timeUs || b.row.n - a.row.n);
    for (const { row, timeUs } of wanted) {
      yield { id: idOf(row.n), timeUs, visibleAtMs: row.visibleAtMs, row: rowObject(row) };
    }
  }

  subjectOf({ row, timeUs }: LabItem) {
    const { value } = subjectOfRow(row);
    return { value: (path: string) => (path === 'createdDateTime' ? timeUs : value(path)) };
  }

  rowOf({ row }: LabItem): object {
    return row;
  }
}

export function idOf(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** Undoes `idOf`; NaN for the id of another log. */
export function numberOf(id: string): number {
  return /^0{8}-0000-4000-8000-\d{12}$/.test(id) ? Number(id.slice(-12)) : Number.NaN;
}

/** The correlation ID of a row that has one of its own. */
export function correlationOf(n: number): string {
  return `11111111-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

export function addressOf(n: number): string {
  return `person${n}@example.org`;
}

/** As in the sample of the reference page. */
function rowObject({ n, timeMs, fields }: LabRow): object {
  return {
    id: idOf(n),
    correlationId: correlationOf(n),
    createdDateTime: graphTime(timeMs * 1000),
    appId: '94559aba-b733-468e-aaec-44cc4e7f0b58',
    appDisplayName: 'Lab',
    signUpStage: 'userCreation',
    signUpIdentityProvider: 'Email OTP',
    signUpIdentity: { signUpIdentifier: addressOf(n), signUpIdentifierType: 'emailAddress' },
    status: { errorCode: 0, failureReason: null, additionalDetails: null },
    appliedEventListeners: [],
    userId: null,
    ...fields,
  };
}
