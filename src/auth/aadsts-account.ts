/**
 * Refusals that lie with the person's account, its second factor, its device or a policy. Data only.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
import type { CodeRow } from './aadsts-row.ts';

export const accountCodes: readonly CodeRow[] = [
  {
    codes: [500208],
    title: 'This account cannot sign in here.',
    meaning:
      'It may be a customer account (one that was made by signing up). Those sign in at <name>.ciamlogin.com, and cannot read logs.',
    todo: 'Sign in with an administrator account of {tenant}: a member, or a guest who was invited.',
  },
  {
    codes: [50020, 90072, 50177],
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
    codes: [50158],
    title: 'Another check is required, and it was not passed.',
    meaning: 'A policy sends people to another page or provider to prove who they are.',
    todo: 'Sign in again and complete every step in the browser. If it fails again, try --auth browser.',
  },
  {
    codes: [53010],
    title: 'A second factor has to be set up first, and not from here.',
    meaning: 'The tenant lets people register a second factor only from certain locations or devices.',
    todo: 'Register one at https://aka.ms/mfasetup from an allowed location or device, then sign in again.',
  },
  {
    codes: [53011],
    title: 'The account is blocked because its home tenant considers it at risk.',
    meaning: '',
    todo: 'Ask an administrator of your home tenant, or use an account of {tenant}.',
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
    codes: [50142],
    title: 'The password has to be changed first.',
    meaning: 'A Conditional Access policy requires it.',
    todo: 'Change the password in the browser, then sign in again.',
  },
  {
    codes: [500341],
    title: 'The account was deleted from {tenant}.',
    meaning: '',
    todo: 'Use another account, or have an administrator restore this one.',
  },
  {
    codes: [50055],
    title: 'The password has expired.',
    meaning: '',
    todo: 'Set a new password in the browser, then sign in again.',
  },
  {
    codes: [50057, 500571],
    title: 'The account is disabled.',
    meaning: '',
    todo: 'Have an administrator of {tenant} enable it, or use another account.',
  },
  {
    codes: [53000],
    title: 'A compliant device is required.',
    meaning:
      'A Conditional Access policy admits only managed, compliant devices. A device code does not show which device it is.',
    todo: 'Sign in by browser (--auth browser) on a compliant device.',
  },
  {
    codes: [53001],
    title: 'A domain-joined device is required.',
    meaning: 'A Conditional Access policy admits only joined devices. A device code does not show which device it is.',
    todo: 'Sign in by browser (--auth browser) on a joined device.',
  },
  {
    codes: [50097],
    title: 'A device that the tenant knows is required.',
    meaning: 'A policy requires device authentication, which a device code cannot provide.',
    todo: 'Sign in by browser (--auth browser) on a device that is registered with the tenant.',
  },
  {
    codes: [50005],
    title: 'A known device is required, and this platform is not one that the tenant allows.',
    meaning: 'A Conditional Access policy names the device platforms. A device code does not show which device it is.',
    todo: 'Sign in by browser (--auth browser) on a device that the policy allows.',
  },
  {
    codes: [53002],
    title: 'Only approved applications may sign in.',
    meaning: 'A Conditional Access policy lists the applications, and {clientId} is not one of them.',
    todo: 'Ask for an exclusion, or pass an approved application with --client-id.',
  },
  {
    codes: [53003],
    title: 'Conditional Access blocked this sign-in.',
    meaning: 'A policy of the tenant blocks device code, this application, this location or this device.',
    todo: 'Sign in by browser (--auth browser). If that is blocked too, find the policy in the sign-in log and ask for an exclusion.',
  },
  {
    codes: [530032],
    title: 'A security policy of the tenant blocked this sign-in.',
    meaning: 'The policy may be one of the tenant, or your home tenant may consider the account at risk.',
    todo: "Ask an administrator of {tenant}; the tenant's sign-in log has the details.",
  },
  {
    codes: [530033],
    title: 'The tenant blocks device code, because it wants to know the device.',
    meaning: 'A Conditional Access policy admits only certain devices. A device code does not show which device it is.',
    todo: 'Sign in by browser (--auth browser) on a device that the policy allows.',
  },
  {
    codes: [530035],
    title: "The tenant's security defaults block device code.",
    meaning: 'Signing in by browser still works.',
    todo: 'Sign in by browser: --auth browser.',
  },
  {
    codes: [530036],
    title: 'The tenant no longer accepts a sign-in that was made by device code.',
    meaning: 'A policy blocks device code, and that covers sign-ins that began with one.',
    todo: 'Sign in again by browser: --auth browser.',
  },
];
