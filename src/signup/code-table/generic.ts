/**
 * Codes by which Entra says only that a custom extension failed. The reason is in the result of the listener (`cause.ts`).
 * Source: https://learn.microsoft.com/answers/questions/2117742 and https://github.com/MicrosoftDocs/entra-docs/issues/399; the
 * wording is ours.
 */
import { present } from './row.ts';

const tellThePerson = 'Something went wrong on our side. Please try again later.';

export const genericCodes = present('reported', [
  {
    code: 1100001,
    kind: 'failure',
    meaning: 'custom extension failed',
    explanation: 'A custom extension of this sign-up failed. Entra reports this code whatever went wrong.',
    todo: "If no extension result shows a code, look at the extension's own log. Check which token issuer it accepts: external tenants sign with the keys of {tenant ID}.ciamlogin.com.",
    fixedBy: 'extension',
    tellThePerson,
  },
  {
    code: 1100000,
    kind: 'transient',
    meaning: 'custom extension: try again',
    explanation: 'A custom extension of this sign-up failed in a way that may pass. Entra reports no more than that.',
    todo: "Nothing for one event. If there are many, look at the extension results and at the extension's own log.",
    fixedBy: 'extension',
    tellThePerson: 'Something went wrong on our side. Please try again in a moment.',
  },
]);
