/** The shape of the tables of AADSTS codes. The meanings are Microsoft's, the advice is ours. */

export interface CodeRow {
  readonly codes: readonly number[];
  /** What happened, as one line. */
  readonly title: string;
  /** What it means; may be empty. */
  readonly meaning: string;
  /**
   * What to do. `{tenant}`, `{clientId}`, `{permissions}` and `{consentUrl}` are filled in.
   */
  readonly todo: string;
  /** The service is out of order for a moment: trying again helps, signing in again does not. */
  readonly passes?: true;
}
