/**
 * Faults of Entra itself; most of them pass.
 * Numbers from https://learn.microsoft.com/entra/identity-platform/reference-error-codes; the wording is ours.
 */
import { present } from './row.ts';

const passes = {
  kind: 'transient',
  todo: "Nothing for one event. If there are many, check Entra's service health.",
  fixedBy: 'microsoft',
  tellThePerson: 'The service had a problem. Please try again in a moment.',
} as const;

const stays = {
  kind: 'failure',
  todo: 'Have the person try again once. If it keeps happening, open a ticket with the correlation ID.',
  fixedBy: 'microsoft',
  tellThePerson: 'The service had a problem. Please try again, and tell us if it fails once more.',
} as const;

export const serviceCodes = present('likely', [
  { ...passes, code: 90006, meaning: 'Entra unavailable', explanation: 'Part of Entra could not be reached.' },
  {
    ...passes,
    code: 90024,
    meaning: 'Entra budget used up',
    explanation: 'Part of Entra had no capacity left for the request.',
  },
  {
    ...passes,
    code: 90025,
    meaning: 'Entra stopped retrying',
    explanation: 'Entra retried internally several times and gave up. This passes by itself.',
  },
  { ...passes, code: 90033, meaning: 'Entra busy', explanation: 'Part of Entra was unavailable for a moment.' },
  {
    ...passes,
    code: 90090,
    meaning: 'directory error',
    explanation: 'Entra ran into an error when it talked to the directory.',
  },
  { ...passes, code: 90091, meaning: 'passing directory error', explanation: 'Entra ran into an error that passes.' },
  { ...passes, code: 50033, meaning: 'passing Entra error', explanation: 'Entra ran into an error that passes.' },
  {
    ...passes,
    code: 50087,
    meaning: 'passing MFA error',
    explanation: 'Entra ran into an error that passes during multifactor authentication.',
  },
  {
    ...stays,
    code: 90092,
    meaning: 'Entra error',
    explanation: 'Entra ran into an error that does not pass by itself.',
  },
  {
    ...stays,
    code: 90036,
    meaning: 'directory error, stays',
    explanation: 'The directory service ran into an unexpected error that does not pass by itself.',
  },
  { ...stays, code: 50000, meaning: 'Entra issued no token', explanation: 'Entra failed to issue the token.' },
  {
    ...stays,
    code: 50086,
    meaning: 'MFA error in Entra',
    explanation: 'Entra ran into an error during multifactor authentication that does not pass by itself.',
  },
]);
