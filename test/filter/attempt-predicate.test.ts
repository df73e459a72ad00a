/** The filter as a question to whole attempts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptValues, compileAttemptFilter } from '../../src/filter/attempt-predicate.ts';
import { fieldNamed, fields } from '../../src/filter/fields.ts';
import type { Filter, Term } from '../../src/filter/filter.ts';
import { parseQuery } from '../../src/filter/parse-query.ts';
import { compileFilter } from '../../src/filter/predicate.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import { IN_PROGRESS_MS } from '../../src/signup/attempt.ts';
import { type Attempt, attemptsOf, judgedEvents } from '../../src/signup/attempts-of.ts';
import { arbitraryRow, eventOf, sampleEvent } from '../signup/arbitrary-row.ts';
import { arbitraryResolvedFilter } from './arbitrary-filter.ts';

const startMs = Date.UTC(2026, 10, 23, 10);
const appNames = new AppNames();

/** An attempt of a few events, a minute apart. */
function attempt(...parts: readonly { readonly [field: string]: unknown }[]): Attempt {
  const events = parts.map((differences, at) =>
    sampleEvent({
      id: `event ${at}`,
      createdDateTime: new Date(startMs + at * 60_000).toISOString(),
      signUpStage: 'credentialValidation',
      ...differences,
    }),
  );
  const [made] = attemptsOf(events);
  if (made === undefined) throw new Error('no attempt');
  return made;
}

const code = (errorCode: number) => ({ status: { errorCode } });
const failed = attempt(
  { signUpStage: 'credentialFederation', signUpIdentityProvider: 'Google', ...code(0), signUpIdentity: null },
  code(1002013),
  { ...code(50181), signUpIdentityProvider: 'Email OTP' },
);
const unclassified = attempt(code(777777));
const created = attempt({ ...code(50181) }, { signUpStage: 'userCreation', ...code(0) });
const open = attempt(code(1002013));
const withoutCode = attempt({ status: null });

function filterOf(query: string): Filter {
  const parsed = parseQuery(query, { nowMs: startMs, timeZone: 'UTC' });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.filter;
}

const soonMs = startMs + 5 * 60_000;
const laterMs = startMs + IN_PROGRESS_MS;

describe('an attempt', () => {
  it.each<[query: string, subject: Attempt, nowMs: number, isKept: boolean]>([
    ['outcome:failed', failed, soonMs, true],
    ['outcome:unknown', failed, soonMs, false],
    ['outcome:unknown,created', unclassified, soonMs, true],
    ['outcome:failed', unclassified, soonMs, true],
    ['outcome:created', created, soonMs, true],
    ['outcome:succeeded', created, soonMs, true],
    ['outcome:failed', created, soonMs, false],
    ['outcome:inProgress', open, soonMs, true],
    ['outcome:interrupted', open, soonMs, true],
    ['outcome:noFurtherEvent', open, soonMs, false],
    ['outcome:inProgress', open, laterMs, false],
    ['outcome:noFurtherEvent', open, laterMs, true],
    ['outcome:interrupted', open, laterMs, true],
    ['-outcome:inProgress', open, laterMs, true],
    ['outcome:failed', withoutCode, laterMs, false],
    ['outcome:inProgress', withoutCode, soonMs, true],
    ['outcome:noFurtherEvent', withoutCode, laterMs, true],
    ['provider:"Email OTP"', failed, soonMs, true],
    ['provider:Google', failed, soonMs, false],
    ['-provider:Google', failed, soonMs, true],
    ['account:local', failed, soonMs, true],
    ['stage:federate', failed, soonMs, true],
    ['-stage:federate', failed, soonMs, false],
    ['-stage:create', failed, soonMs, true],
    ['error:1002013', failed, soonMs, true],
    ['error:50181', created, soonMs, true],
    ['stage:federate error:50181', failed, soonMs, true],
    ['user:ana@example.org', failed, soonMs, true],
    ['-user:ana@example.org', failed, soonMs, false],
    ['google', failed, soonMs, true],
    ['-google', failed, soonMs, false],
    ['wrong', created, soonMs, true],
  ])('%s', (query, subject, nowMs, isKept) => {
    expect(compileAttemptFilter(filterOf(query), appNames)(subject, nowMs)).toBe(isKept);
  });

  it('belongs to the range, from its start up to before its end, in which its first event lies', () => {
    const keeps = (query: string) => compileAttemptFilter(filterOf(query), appNames)(failed, laterMs);
    expect(keeps('since:2026-11-23T10:00Z')).toBe(true);
    expect(keeps('since:2026-11-23T10:00:00.001Z')).toBe(false);
    expect(keeps('since:2026-11-23T10:02Z')).toBe(false);
    expect(keeps('until:2026-11-23T10:00Z')).toBe(false);
    expect(keeps('until:2026-11-23T10:00:00.001Z')).toBe(true);
    expect(keeps('since:2026-11-23T09:00Z until:2026-11-23T10:01Z')).toBe(true);
  });

  it('called no extension only when none of its events did', () => {
    const listeners = { appliedEventListeners: [{ eventType: 'emailOtpSend', handlerResult: { errorCode: 0 } }] };
    const calling = attempt(code(0), { ...code(1002013), ...listeners }, code(0));
    const plain = attempt(code(0), code(1002013));
    expect(attemptValues('extension', calling, appNames, soonMs)).toEqual(['any', 'emailOtpSend']);
    expect(attemptValues('extension', plain, appNames, soonMs)).toEqual(['none']);
    const kept = (query: string) =>
      [calling, plain].map((subject) => compileAttemptFilter(filterOf(query), appNames)(subject, soonMs));
    expect(kept('extension:none')).toEqual([false, true]);
    expect(kept('-extension:none')).toEqual([true, false]);
    expect(kept('extension:none,any')).toEqual([true, true]);
    expect(kept('-extension:emailOtpSend')).toEqual([false, true]);
  });

  const some = fc
    .array(arbitraryRow(), { minLength: 1, maxLength: 5 })
    .map((rows) => attemptsOf(rows.map((row) => eventOf({ ...row, correlationId: 'one' })))[0] ?? failed);

  it('passes a term, other than of the attempt itself, by its events alone: by any, or, negated, by all of those that tell', () => {
    fc.assert(
      fc.property(some, arbitraryResolvedFilter, (subject, { terms }) => {
        const isOfAttempt = (term: Term) => term.kind === 'field' && ['outcome', 'lost', 'ended'].includes(term.field);
        for (const term of terms.filter((each) => !isOfAttempt(each))) {
          const single = { terms: [term], since: null, until: null };
          const ofLast = term.kind === 'field' && (term.field === 'provider' || term.field === 'account');
          const judged = judgedEvents(subject.events);
          const calling = judged.filter(({ listeners }) => listeners.length > 0);
          const ofCalls = term.kind === 'field' && term.field === 'extension' && calling.length > 0;
          const telling = ofLast ? judged.slice(-1) : ofCalls ? calling : judged;
          const keepsEvent = compileFilter(single, appNames);
          const isUnknownFlow = term.kind === 'field' && term.values.some(({ apps }) => term.field === 'flow' && !apps);
          const expected = term.negated && !isUnknownFlow ? telling.every(keepsEvent) : telling.some(keepsEvent);
          expect(compileAttemptFilter(single, appNames)(subject, soonMs)).toBe(expected);
        }
      }),
    );
  });

  it.each([
    ['lost:attributes', 'credentialCollection:0 attributeCollectionAndValidation:1002027', true],
    ['lost:collect', 'credentialCollection:0 attributeCollectionAndValidation:1002027', false],
    ['lost:collect', 'credentialCollection:0', false],
    ['lost:create', 'credentialCollection:0 userCreation:0', false],
    ['ended:1002027', 'credentialCollection:0 attributeCollectionAndValidation:1002027', true],
    ['ended:1002027', 'attributeCollectionAndValidation:1002027 attributeCollectionAndValidation:0', false],
  ])('%s of %s is %s', (query, steps, expected) => {
    const parsed = parseQuery(query, { nowMs: soonMs, timeZone: 'UTC' });
    if (!parsed.ok) throw new Error(parsed.error.message);
    const events = steps.split(' ').map((step, n) => {
      const [signUpStage, errorCode] = step.split(':');
      const createdDateTime = new Date(soonMs - 60_000 + n).toISOString();
      return eventOf({
        id: `${n}`,
        correlationId: 'one',
        createdDateTime,
        signUpStage,
        status: { errorCode: Number(errorCode) },
      });
    });
    const [subject] = attemptsOf(events);
    expect(subject && compileAttemptFilter(parsed.filter, appNames)(subject, soonMs)).toBe(expected);
    // Half an hour later, what was only in progress is lost.
    expect(subject && compileAttemptFilter(parsed.filter, appNames)(subject, soonMs + 3_600_000)).toBe(
      expected || (query === 'lost:collect' && events.length === 1),
    );
  });

  it('has for each field what its query finds', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(...fields), (subject, { name }) => {
        for (const text of attemptValues(name, subject, appNames, soonMs)) {
          if (name === 'flow') continue;
          const term = { kind: 'field', field: name, values: [{ text, match: 'exact' }], negated: false } as const;
          const keeps = compileAttemptFilter({ terms: [term], since: null, until: null }, appNames);
          expect(keeps(subject, soonMs), fieldNamed(name).label).toBe(true);
        }
      }),
    );
  });
});
