/**
 * Refusals that lie with the person's account, its second factor, its device or a policy. Data only.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
import type { CodeRow } from './aadsts-row.ts';

export const accountCodes: readonly CodeRow[] = [
  {
    codes: [50020, 90072],
    title: 'This account is not a member or guest of {tenant}.',
    meaning: 'The account comes from another tenant or identity provider and was never invited.',
    todo: 'Sign in with an account of {tenant}, or have this one invited there.',
  },
  {
    codes: [16000],
    title: 'None of the accounts that are signed in belongs to {tenant}.',
    meaning: 'The browser offered an account of another tenant.',
    todo: 'Choose "Use another account" in the browser and take one of {tenant}.',
  },
  {
    codes: [50034, 51004],
    title: 'There is no such account in {tenant}.',
    meaning: 'The name is mistyped, or the account belongs to another tenant.',
    todo: 'Sign in with an account of {tenant}, or have this one invited there.',
  },
  {
    codes: [50076],
    title: 'A second factor is needed.',
    meaning: 'A policy asks for multifactor authentication, perhaps because the place has changed.',
    todo: 'Sign in again and complete the second factor in the browser.',
  },
  {
    codes: [50079, 50072],
    title: 'A second factor has to be set up first.',
    meaning: 'The tenant asks for multifactor authentication and the account has none registered.',
    todo: 'Register one at https://aka.ms/mfasetup, then sign in again.',
  },
  {
    codes: [50074],
    title: 'The second factor was not passed.',
    meaning: '',
    todo: 'Sign in again and complete the second factor in the browser.',
  },
  {
    codes: [50078],
    title: 'The second factor was given too long ago.',
    meaning: 'A policy asks for it again from time to time.',
    todo: 'Sign in again.',
  },
  {
    codes: [70043],
    title: 'The sign-in is older than the tenant allows.',
    meaning: 'A Conditional Access policy sets how often people have to sign in.',
    todo: 'Sign in again.',
  },
  {
    codes: [50105],
    title: 'This account is not assigned to the application.',
    meaning: 'The application lets only assigned people sign in.',
    todo: 'Have an administrator assign the account: Enterprise applications, {clientId}, Users and groups.',
  },
  {
    codes: [50126],
    title: 'The name or the password is wrong.',
    meaning: '',
    todo: 'Sign in again.',
  },
  {
    codes: [50053],
    title: 'The account is locked, or the address that signs in is known for attacks.',
    meaning: 'Too many wrong passwords were tried, or the sign-in came from a suspicious IP address.',
    todo: 'Wait some minutes or sign in from another network; an administrator can unlock the account.',
  },
  {
    codes: [50055],
    title: 'The password has expired.',
    meaning: '',
    todo: 'Set a new password in the browser, then sign in again.',
  },
  {
    codes: [50057],
    title: 'The account is disabled.',
    meaning: '',
    todo: 'Have an administrator of {tenant} enable it, or use another account.',
  },
  {
    codes: [53000],
    title: 'A compliant device is required.',
    meaning: 'A Conditional Access policy lets only managed, compliant devices sign in.',
    todo: 'Sign in by browser (--auth browser) on a compliant device.',
  },
  {
    codes: [53001],
    title: 'A device that is joined to the domain is required.',
    meaning: 'A Conditional Access policy lets only joined devices sign in.',
    todo: 'Sign in by browser (--auth browser) on a joined device.',
  },
  {
    codes: [53002],
    title: 'Only approved applications may sign in.',
    meaning: 'A Conditional Access policy names the applications, and {clientId} is not among them.',
    todo: 'Ask for an exclusion, or pass an approved application with --client-id.',
  },
  {
    codes: [53003],
    title: 'Conditional Access blocked this sign-in.',
    meaning: 'A policy of the tenant forbids the device code, this application, this place or this device.',
    todo: 'Sign in by browser (--auth browser); if that is blocked too, the sign-in log names the policy: ask for an exclusion.',
  },
  {
    codes: [530032],
    title: 'A security policy of the tenant blocked this sign-in.',
    meaning: '',
    todo: 'Ask an administrator of {tenant}; the sign-in log of the tenant names the policy.',
  },
  {
    codes: [530035],
    title: 'Security defaults of the tenant block signing in by device code.',
    meaning: 'Security defaults refuse the device code; signing in by browser still works.',
    todo: 'Sign in by browser: --auth browser.',
  },
  {
    codes: [530036],
    title: 'The tenant no longer accepts a sign-in that was made by device code.',
    meaning: 'A policy blocks the device code, and what it gave out earlier counts as one.',
    todo: 'Sign in again by browser: --auth browser.',
  },
];
