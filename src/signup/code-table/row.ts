/** The shape of the error code table. It holds no rows: those are in the files beside it, by what went wrong. */

export type CodeKind =
  | 'success'
  /** An expected stop on the way: the person was asked for something. */
  | 'interrupt'
  | 'failure'
  /** The service was busy; the same attempt would work later. */
  | 'transient'
  /** It fails for everybody until somebody changes a setting. */
  | 'configuration'
  | 'unknown';

/**
 * How sure it is that sign-ups have the code. `documented`: Microsoft names it for sign-ups or for the results of custom
 * extensions. `reported`: people report it from sign-ups in External ID. `likely`: the same pages and services can answer with
 * it, but no page and no report shows it in the sign-up log.
 */
export type CodePresence = 'documented' | 'reported' | 'likely';

export interface CodeRow {
  readonly code: number;
  readonly kind: CodeKind;
  readonly presence: CodePresence;
  /** For a column of a table: at most 30 characters. */
  readonly meaning: string;
  /** What happened, in a sentence or two. */
  readonly explanation: string;
  /** What the admin does next. */
  readonly todo: string;
  /** Who can make it work: the person signing up, the admin, the owner of the custom extension, Microsoft. */
  readonly fixedBy: 'person' | 'admin' | 'extension' | 'microsoft' | 'nobody';
  /** What to say to the person who signed up, politely and plainly; null when there is nothing to say. */
  readonly tellThePerson: string | null;
}

/** A row that may leave its presence to the table that it is in. */
export type TableRow = Omit<CodeRow, 'presence'> & Partial<Pick<CodeRow, 'presence'>>;

/** Gives the rows the presence that they do not state themselves. */
export function present(presence: CodePresence, rows: readonly TableRow[]): readonly CodeRow[] {
  return rows.map((row) => ({ presence, ...row }));
}
