/**
 * Hiccups of Entra itself, which pass.
 * Numbers from https://learn.microsoft.com/entra/identity-platform/reference-error-codes; the wording is ours.
 */
import type { CodeRow } from './row.ts';

const tryAgain = 'The service had a hiccup: please try again in a moment.';
const watchHealth = 'Nothing for one event; if many, look at the service health of Microsoft Entra.';

export const serviceCodes: readonly CodeRow[] = [
  {
    code: 90006,
    kind: 'transient',
    meaning: 'Entra unavailable',
    explanation: 'A part of Microsoft Entra could not be reached at that moment.',
    todo: watchHealth,
    fixedBy: 'microsoft',
    tellThePerson: tryAgain,
  },
  {
    code: 90024,
    kind: 'transient',
    meaning: 'Entra budget used up',
    explanation: 'A part of Microsoft Entra had no capacity left for the request.',
    todo: watchHealth,
    fixedBy: 'microsoft',
    tellThePerson: tryAgain,
  },
  {
    code: 90025,
    kind: 'transient',
    meaning: 'Entra stopped retrying',
    explanation: 'Microsoft Entra tried several times inside and then gave up; it heals by itself.',
    todo: watchHealth,
    fixedBy: 'microsoft',
    tellThePerson: tryAgain,
  },
  {
    code: 90033,
    kind: 'transient',
    meaning: 'Entra busy',
    explanation: 'A part of Microsoft Entra was unavailable for a moment.',
    todo: watchHealth,
    fixedBy: 'microsoft',
    tellThePerson: tryAgain,
  },
  {
    code: 90090,
    kind: 'transient',
    meaning: 'directory error',
    explanation: 'Microsoft Entra met an error when it talked to the directory.',
    todo: watchHealth,
    fixedBy: 'microsoft',
    tellThePerson: tryAgain,
  },
  {
    code: 50033,
    kind: 'transient',
    meaning: 'passing Entra error',
    explanation: 'Microsoft Entra met an error that is known to pass.',
    todo: watchHealth,
    fixedBy: 'microsoft',
    tellThePerson: tryAgain,
  },
  {
    code: 50087,
    kind: 'transient',
    meaning: 'passing sign-in error',
    explanation: 'Microsoft Entra met an error that is known to pass, while the person was signing in.',
    todo: watchHealth,
    fixedBy: 'microsoft',
    tellThePerson: tryAgain,
  },
];
