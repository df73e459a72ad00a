/**
 * What the other logs have of one attempt: the directory's own record, the sign-in that follows the sign-up, later
 * sign-ins of the same person, and provisioning hours later. Each follows from the attempt alone. Pure.
 */
import { accountInTheWayOf, accountMadeBy, type DemoAccount, isLocal } from '../accounts.ts';
import { contosoShop, woodgroveBank } from '../applications.ts';
import { type DemoAttempt, US_PER_S } from '../attempt.ts';
import type { DemoEntry } from './entry.ts';
import { EntryRecorder } from './entry-recorder.ts';

const MINUTE_US = 60 * US_PER_S;
const HOUR_US = 60 * MINUTE_US;
/** No entry is later than this after the first event of its attempt. */
export const AFTERMATH_REACH_US = 42 * HOUR_US;
const LATEST_SIGN_IN_US = 36 * HOUR_US;
/** The person of this story signs in with the account they had after all, after two attempts to make another. */
const DUPLICATE_SIGN_IN_US = 318 * MINUTE_US;

const BLOCKED_BY_POLICY = 53003;
const NOT_ASSIGNED = 50105;
const WRONG_PASSWORD = 50126;
const STAYS_SIGNED_IN = 50140;

/** In no particular order. */
export function aftermathOf(attempt: DemoAttempt): readonly DemoEntry[] {
  const recorder = new EntryRecorder(attempt);
  const account = accountMadeBy(attempt);
  if (account) afterCreation(recorder, account);
  else if (attempt.events.some(({ errorCode }) => errorCode === 399279)) afterRefusal(recorder, attempt);
  return recorder.entries;
}

function afterCreation(recorder: EntryRecorder, account: DemoAccount): void {
  const { random, attempt } = recorder;
  const atUs = account.createdUs;
  recorder.audit({ account, activity: 'Add user', timeUs: atUs + random.integer(0, US_PER_S) });
  if (random.chance(0.35)) {
    const changes = [{ property: 'DisplayName', newValue: account.displayName }];
    recorder.audit({ account, activity: 'Update user', timeUs: atUs + random.integer(2, 5) * US_PER_S, changes });
  }
  const code = firstSignInCode(recorder);
  recorder.signIn({ account, timeUs: atUs + random.integer(US_PER_S, 4 * US_PER_S), code, isOfAttempt: true });
  const isLockedOut = code === NOT_ASSIGNED || code === BLOCKED_BY_POLICY;
  laterSignIns(recorder, account, isLockedOut ? code : null);
  if (attempt.story === 'duplicateAccount') {
    recorder.signIn({ account, timeUs: atUs + DUPLICATE_SIGN_IN_US, code: 0 });
  }
  if (random.chance(0.06)) {
    const timeUs = atUs + random.integer(HOUR_US, 20 * HOUR_US);
    const changes = [{ property: 'AccountEnabled', newValue: random.chance(0.5) ? 'true' : 'false' }];
    recorder.audit({ account, activity: 'Update user', timeUs, changes, isByAdministrator: true });
  }
  if (attempt.application === contosoShop && random.chance(0.35)) {
    const status = random.weighted<'success' | 'failure' | 'skipped'>([
      [84, 'success'],
      [10, 'failure'],
      [6, 'skipped'],
    ]);
    recorder.provisioning({ account, timeUs: atUs + random.integer(2 * HOUR_US, 9 * HOUR_US), status });
  }
}

/** At one application somebody forgot to say that everybody may use it, and a policy is in the way of a few. */
function firstSignInCode({ random, attempt }: EntryRecorder): number {
  if (attempt.events.some(({ errorCode }) => errorCode === STAYS_SIGNED_IN)) return STAYS_SIGNED_IN;
  if (attempt.application === woodgroveBank && random.chance(0.14)) return NOT_ASSIGNED;
  return random.chance(0.03) ? BLOCKED_BY_POLICY : 0;
}

/** `lockedOutBy`: the code with which the first sign-in failed, and every other will. */
function laterSignIns(recorder: EntryRecorder, account: DemoAccount, lockedOutBy: number | null): void {
  const { random } = recorder;
  const times = random.weighted([
    [45, 0],
    [30, 1],
    [15, 2],
    [10, 3],
  ]);
  for (let i = 0; i < times; i++) {
    const timeUs = account.createdUs + random.integer(lockedOutBy === null ? HOUR_US : MINUTE_US, LATEST_SIGN_IN_US);
    const code = lockedOutBy ?? laterCode(recorder, account);
    recorder.signIn({ account, timeUs, code });
    if (code === WRONG_PASSWORD && random.chance(0.7)) {
      recorder.signIn({ account, timeUs: timeUs + random.integer(15, 60) * US_PER_S, code: 0 });
    }
    if (code === 0 && random.chance(0.4)) {
      const renewedUs = timeUs + random.integer(55 * MINUTE_US, 70 * MINUTE_US);
      recorder.signIn({ account, timeUs: renewedUs, code: random.chance(0.1) ? 50173 : 0, isInteractive: false });
    }
  }
}

function laterCode({ random }: EntryRecorder, account: DemoAccount): number {
  if (account.provider === 'Email Password' && random.chance(0.22)) return WRONG_PASSWORD;
  return random.chance(0.04) ? BLOCKED_BY_POLICY : 0;
}

/** The directory says why it refused; whoever has an account may sign in with it at last, or not know how. */
function afterRefusal(recorder: EntryRecorder, attempt: DemoAttempt): void {
  const { random } = recorder;
  const refused = attempt.events.find(({ errorCode }) => errorCode === 399279);
  const timeUs = refused?.timeUs ?? 0;
  const account = accountInTheWayOf(attempt);
  const isTaken = account !== null || attempt.story === 'duplicateAccount';
  recorder.audit({
    account: null,
    activity: 'Add user',
    timeUs,
    failure: isTaken
      ? 'Another object with the same value for property proxyAddresses already exists.'
      : 'The object could not be written in time.',
  });
  if (account === null) return;
  const returnsUs = timeUs + random.integer(MINUTE_US, 20 * MINUTE_US);
  const code = isLocal(account) && random.chance(0.4) ? WRONG_PASSWORD : 0;
  recorder.signIn({ account, timeUs: returnsUs, code });
}
