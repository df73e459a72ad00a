import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/filter/parse-query.ts';
import { compileFilter, conditionHolds } from '../../src/filter/predicate.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import { sampleEvent } from '../signup/arbitrary-row.ts';

const event = sampleEvent({
  signUpStage: 'credentialValidation',
  appDisplayName: null,
  status: { errorCode: 50181, failureReason: null },
  userId: null,
  appliedEventListeners: [
    { eventType: 'emailOtpSend', handlerResult: { errorCode: 0, httpStatus: 200 } },
    { eventType: 'attributeCollectionStart', handlerResult: { errorCode: 1003005 } },
  ],
});
const appNames = new AppNames();
appNames.learn(sampleEvent());

function keeps(query: string, subject = event): boolean {
  const parsed = parseQuery(query, { nowMs: Date.UTC(2024, 9, 15, 2), timeZone: 'UTC' });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return compileFilter(parsed.filter, appNames)(subject);
}

describe('an event', () => {
  it.each([
    '',
    'outcome:failed',
    '-outcome:succeeded,interrupted,unknown',
    'stage:validate',
    'stage:CREDENTIALVALIDATION',
    'stage:credential*',
    'provider:"email otp"',
    'provider:email*',
    'account:local',
    'app:"contoso portal"',
    'app:contoso*',
    'appid:94559ABA-b733-468e-aaec-44cc4e7f0b58',
    'user:ANA@example.org',
    'user:*',
    '-userid:*',
    'error:50181',
    'error:50*',
    '-error:0,1002013',
    'correlation:f4414243*',
    'extension:any',
    'extension:failed',
    'extension:emailOtpSend',
    '-extension:none',
    '-extension:tokenIssuanceStart,pageRenderStart',
    'WRONG',
    'portal -gmail',
    '"e-mail code"',
    'outcome:failed,succeeded stage:validate account:local',
    'since:1h until:1m',
    'since:2024-10-15T01:58:09Z until:2024-10-15T01:58:10Z',
  ])('is kept by %s', (query) => {
    expect(keeps(query)).toBe(true);
  });

  it.each([
    'outcome:succeeded',
    '-outcome:failed',
    'outcome:unknown',
    'stage:create',
    '-stage:credential*',
    'account:social',
    'app:contoso',
    'user:ana',
    '-user:*',
    'userid:*',
    'error:5018',
    'extension:none',
    '-extension:any',
    'gmail',
    '-portal',
    'outcome:failed stage:create',
    'since:1m',
    'until:2024-10-15T01:58:09Z',
  ])('is dropped by %s', (query) => {
    expect(keeps(query)).toBe(false);
  });

  it('with a code that nobody has classified is unknown, and failed as well', () => {
    const unknown = sampleEvent({ status: { errorCode: 777777 } });
    expect(keeps('outcome:unknown', unknown)).toBe(true);
    expect(keeps('outcome:failed', unknown)).toBe(true);
    expect(keeps('-outcome:failed', unknown)).toBe(false);
  });

  it.each([
    ['userCreation', 0, true],
    ['userCreation', 50140, false],
    ['attributeCollectionAndValidation', 0, false],
  ])('of %s with code %i has created an account: %s', (signUpStage, errorCode, isCreation) => {
    const subject = sampleEvent({ signUpStage, status: { errorCode } });
    expect(keeps('outcome:created', subject)).toBe(isCreation);
    expect(keeps('-outcome:created', subject)).toBe(!isCreation);
    expect(keeps('outcome:inProgress,noFurtherEvent', subject)).toBe(false);
    expect(keeps('outcome:succeeded', subject)).toBe(errorCode === 0);
  });

  it('without a code has none, and is no success', () => {
    const without = sampleEvent({ status: null });
    expect(keeps('-error:*', without)).toBe(true);
    expect(keeps('outcome:succeeded', without)).toBe(false);
  });

  it('is found by what is learned later about its application', () => {
    const names = new AppNames();
    const parsed = parseQuery('app:"Contoso Portal"', { nowMs: 0, timeZone: 'UTC' });
    if (!parsed.ok) throw new Error(parsed.error.message);
    const isKept = compileFilter(parsed.filter, names);
    expect(isKept(event)).toBe(false);
    names.learn(sampleEvent());
    expect(isKept(event)).toBe(true);
  });

  it('without a code is unknown, and not failed', () => {
    const withoutCode = sampleEvent({ status: null });
    expect(keeps('outcome:unknown', withoutCode)).toBe(true);
    expect(keeps('outcome:failed', withoutCode)).toBe(false);
    const unclassified = sampleEvent({ status: { errorCode: 777777 } });
    expect(keeps('outcome:unknown', unclassified)).toBe(true);
    expect(keeps('outcome:failed', unclassified)).toBe(true);
  });

  it('is in one of two ranges side by side: the one that begins with it', () => {
    const point = { text: 'x', atMs: event.timeMs };
    const open = { terms: [], since: null, until: null };
    expect(compileFilter({ ...open, since: point }, appNames)(event)).toBe(true);
    expect(compileFilter({ ...open, until: point }, appNames)(event)).toBe(false);
    const finest = { text: 'x', atMs: event.timeMs + 0.001 };
    expect(compileFilter({ ...open, since: point, until: finest }, appNames)(event)).toBe(true);
  });
});

describe('a condition on the values of one field', () => {
  it('holds when any value matches, or, negated, when none does', () => {
    const term = { kind: 'field', field: 'stage', values: [{ text: 'A', match: 'prefix' }], negated: false } as const;
    expect(conditionHolds(term, ['x', 'abc'])).toBe(true);
    expect(conditionHolds(term, [])).toBe(false);
    expect(conditionHolds({ ...term, negated: true }, [])).toBe(true);
    expect(conditionHolds({ ...term, negated: true }, ['abc'])).toBe(false);
  });
});
