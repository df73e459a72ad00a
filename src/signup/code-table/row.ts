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

export interface CodeRow {
  readonly code: number;
  readonly kind: CodeKind;
  /** For a column of a table: at most 30 characters. */
  readonly meaning: string;
  /** What happened, in a sentence. */
  readonly explanation: string;
  /** What the admin does next. */
  readonly todo: string;
  /** Who can make it work: the person signing up, the admin, the owner of the custom extension, Microsoft. */
  readonly fixedBy: 'person' | 'admin' | 'extension' | 'microsoft' | 'nobody';
  /** One plain sentence to say to the person who signed up; null when there is nothing to say. */
  readonly tellThePerson: string | null;
}
