/**
 * Refusals that lie with the sign-in itself: its code, its age, or a service that is out of order for a moment. Data only.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
import type { CodeRow } from './aadsts-row.ts';

export const sessionCodes: readonly CodeRow[] = [
  {
    codes: [50199],
    title: 'The sign-in was not confirmed.',
    meaning: 'The browser asks whether you meant to sign in to this application.',
    todo: 'Sign in again and confirm in the browser.',
  },
  {
    codes: [50134],
    title: 'The code was approved in another region than it was made in.',
    meaning: 'The browser was led to a data centre that does not know the code.',
    todo: 'Sign in again with a new code, in the same browser and with the same account.',
  },
  {
    codes: [70016],
    title: 'The code has not been entered yet.',
    meaning: '',
    todo: 'Enter the code in the browser; this program waits for it.',
  },
  {
    codes: [70018],
    title: 'The code was not accepted.',
    meaning: 'It was mistyped, or belongs to another sign-in.',
    todo: 'Sign in again with a new code.',
  },
  {
    codes: [90132, 50189],
    title: 'The code is not valid.',
    meaning: 'It is damaged, or belongs to another kind of account.',
    todo: 'Sign in again with a new code.',
  },
  {
    codes: [90135],
    title: 'The sign-in was cancelled in the browser.',
    meaning: '',
    todo: 'Sign in again.',
  },
  {
    codes: [90137],
    title: 'The sign-in was declined.',
    meaning: 'Somebody did not agree to release their profile information.',
    todo: 'Sign in again and accept.',
  },
  {
    codes: [70019],
    title: 'The code has expired.',
    meaning: '',
    todo: 'Sign in again with a new code.',
  },
  {
    codes: [90119],
    title: 'No code was entered.',
    meaning: '',
    todo: 'Sign in again and enter the new code in the browser.',
  },
  {
    codes: [90120],
    title: 'The code was used or declined before.',
    meaning: '',
    todo: 'Sign in again with a new code.',
  },
  {
    codes: [50173],
    title: 'The saved sign-in was revoked.',
    meaning: 'The password was changed, or an administrator ended the sessions of this account.',
    todo: 'Sign in again.',
  },
  {
    codes: [70008],
    title: 'The saved sign-in has expired.',
    meaning: '',
    todo: 'Sign in again.',
  },
  {
    codes: [700082],
    title: 'The saved sign-in has expired, because it was not used for a long time.',
    meaning: '',
    todo: 'Sign in again.',
  },
  {
    codes: [50089],
    title: 'The sign-in took too long and has expired.',
    meaning: '',
    todo: 'Sign in again.',
  },
  {
    codes: [50133],
    title: 'The session has ended, because the password changed or expired.',
    meaning: '',
    todo: 'Sign in again.',
  },
  {
    codes: [90033, 90006, 90024, 50033, 90090],
    title: 'The sign-in service is out of order for the moment.',
    meaning: 'Microsoft calls this a passing fault.',
    todo: 'Try again in a minute.',
    passes: true,
  },
  {
    codes: [90055],
    title: 'The sign-in service gets too many requests from this tenant.',
    meaning: '',
    todo: 'Wait a few minutes, then try again.',
    passes: true,
  },
  {
    codes: [50196],
    title: 'The sign-in service saw the same request over and over, and stopped answering.',
    meaning: 'Something asks for tokens in a loop; it may be this program.',
    todo: 'Wait five minutes and start again; if it comes back, report it with the correlation ID.',
  },
];
