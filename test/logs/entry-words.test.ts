/** What entries of the logs say, in a few words. */
import { expect, test } from 'vitest';
import { deedOf, reasonOf } from '../../src/logs/entry-words.ts';
import { logNamed } from '../../src/logs/logs.ts';
import type { LogEvent, LogName } from '../../src/signup/event.ts';

const timeOf = (log: LogName) => ({ [logNamed(log).timeField]: '2026-11-23T10:00:00Z' });

function entry(log: LogName, row: object): LogEvent {
  const parsed = logNamed(log).parse({ id: '1', ...timeOf(log), ...row });
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
}

test.each<[LogName, object, string]>([
  ['signUps', { signUpStage: 'userCreation' }, 'create'],
  ['signIns', { isInteractive: true }, 'sign-in'],
  ['signIns', { isInteractive: false }, 'sign-in (not interactive)'],
  ['audits', { activityDisplayName: 'Add user', operationType: 'Add' }, 'Add user'],
  ['audits', { operationType: 'Add' }, 'Add'],
  ['audits', {}, 'change in the directory'],
  ['provisioning', { provisioningAction: 'create', targetSystem: { displayName: 'CRM' } }, 'create in CRM'],
  ['provisioning', {}, 'provisioning'],
])('%s %o: %s', (log, row, deed) => {
  expect(deedOf(entry(log, row))).toBe(deed);
});

test.each<[LogName, object, string]>([
  ['signUps', { status: { errorCode: 0 } }, ''],
  [
    'signIns',
    { status: { errorCode: 50126, failureReason: 'Error validating.' } },
    '50126 wrong user name or password',
  ],
  ['signIns', { status: { errorCode: 99999, failureReason: 'New words.' } }, '99999 New words.'],
  ['signIns', { status: { errorCode: 99999 } }, '99999 code not known'],
  ['signIns', {}, 'no code in the log'],
  ['audits', { result: 'success', resultReason: '' }, ''],
  ['audits', { result: 'failure', resultReason: 'It exists.' }, 'It exists.'],
  ['provisioning', { provisioningStatusInfo: { status: 'failure', errorInformation: { reason: 'Two.' } } }, 'Two.'],
])('%s %o, because: %s', (log, row, reason) => {
  expect(reasonOf(entry(log, row))).toBe(reason);
});
