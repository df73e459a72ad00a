/** The shape of the tables of AADSTS codes. The meanings are Microsoft's, the advice is ours. */
import { whoConsents } from '../facts/consent.ts';

export interface CodeRow {
  readonly codes: readonly number[];
  /** What happened, as one line. */
  readonly title: string;
  /** What it means; may be empty. */
  readonly meaning: string;
  /**
   * What to do. `{tenant}`, `{clientId}`, `{permissions}` and `{consentUrl}` are filled in (see `aadsts.ts`).
   */
  readonly todo: string;
  /** The service is out of order for a moment: trying again helps, signing in again does not. */
  readonly passes?: true;
}

/** What follows once somebody has accepted at `{consentUrl}`: nobody listens at the address that the page leads back to. */
export const afterConsent =
  'The page then leads to http://localhost, which the browser cannot open: that is fine, unless the address contains error=.';

/** Consent for the whole tenant, step by step. */
export const askForConsent = `Ask ${whoConsents} to open {consentUrl} and accept. ${afterConsent} Then sign in again.`;
