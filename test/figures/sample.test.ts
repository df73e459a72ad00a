/** Attempts as the tests see them: who they are by, and when each stage was reached and passed. */
import { describe, expect, it } from 'vitest';
import { wasInProgress } from '../../src/figures/in-progress.ts';
import { passagesOf } from '../../src/figures/passages.ts';
import { Sample } from '../../src/figures/sample.ts';
import { attemptShape } from '../../src/signup/attempt.ts';
import { steps } from '../signup/steps.ts';

const MINUTE_MS = 60_000;

/** Steps with their minutes: `0 collect:0, 1 validate:1002013`. */
function observed(text: string, identifier: string | null = 'ana@example.org') {
  const parts = text.split(', ').map((part) => part.split(' '));
  const all = steps(parts.map(([, step]) => step).join(' '));
  return {
    identifier,
    shape: attemptShape(all),
    steps: all.map(({ stage, errorCode }, n) => ({
      stage,
      cause: errorCode,
      timeMs: Number(parts[n]?.[0]) * MINUTE_MS,
    })),
  };
}

function sampleOf(...texts: readonly string[]): Sample {
  const sample = new Sample();
  for (const text of texts) sample.add(observed(text));
  return sample;
}

const minutesOf = (sample: Sample, stage: string) =>
  sample.visitsOf(stage).map(({ reachedMs, passedMs }) => [reachedMs / MINUTE_MS, passedMs / MINUTE_MS]);

describe('a visit of a stage', () => {
  it.each([
    [
      '0 collect:0, 1 validate:1002013, 4 attributes:0, 5 create:0',
      'credentialValidation',
      [[1, 4]],
      'until a later stage',
    ],
    ['0 collect:0, 1 validate:1002013, 2 validate:50181', 'credentialValidation', [[1, Infinity]], 'for good'],
    [
      '0 collect:0, 1 validate:1002013, 2 collect:0',
      'credentialValidation',
      [[1, Infinity]],
      'for good, when only an earlier one follows',
    ],
    ['0 create:399279, 3 create:0', 'userCreation', [[0, 3]], 'until the account is there'],
    ['0 create:0, 3 create:50140', 'userCreation', [[0, 0]], 'no longer than it takes to reach it'],
    ['0 create:0, 3 tenantConsent:0', 'tenantConsent', [[3, 3]], 'no longer, when the account was there before'],
  ])('%s: %s lasts %j, %s', (text, stage, minutes) => {
    expect(minutesOf(sampleOf(text), stage)).toEqual(minutes);
  });

  it('knows the failures that were met there, whether the person got past them or not', () => {
    const sample = sampleOf(
      '0 collect:0, 1 validate:1002013, 2 validate:50181, 3 validate:50181, 4 attributes:1003005, 9 attributes:0',
    );
    expect(sample.visitsOf('credentialValidation').map(({ failures }) => failures)).toEqual([[50181]]);
    expect(sample.visitsOf('attributeCollectionAndValidation').map(({ failures }) => failures)).toEqual([[1003005]]);
  });
});

describe('a person', () => {
  it('is at a stage once, from the first visit to the first time beyond it', () => {
    const sample = sampleOf('5 collect:0, 6 validate:1002013, 9 attributes:0', '0 collect:0, 1 validate:1002013');
    const [passage, ...others] = passagesOf(sample.visitsOf('credentialValidation'), sample.peopleCount);
    expect(others).toEqual([]);
    expect([passage?.reachedMs, passage?.passedMs]).toEqual([MINUTE_MS, 9 * MINUTE_MS]);
    expect(passage?.attempt.startMs).toBe(0);
  });

  it.each([
    [['a@x.org', 'A@X.ORG', ' a@x.org '], 1],
    [['a@x.org', 'b@x.org'], 2],
    [[null, null, '', ' '], 4],
  ])('%j are %i', (identifiers, people) => {
    const sample = new Sample();
    for (const identifier of identifiers) sample.add(observed('0 collect:0', identifier));
    expect(sample.peopleCount).toBe(people);
  });
});

describe('an attempt at an earlier moment', () => {
  it.each([
    ['0 collect:0, 1 validate:1002013, 50 attributes:0', 20, true, 'it had just stopped'],
    ['0 collect:0, 1 validate:1002013, 50 attributes:0', 40, false, 'nothing had come for more than half an hour'],
    ['0 collect:0, 1 create:0', 2, false, 'the account was there'],
    ['0 collect:0, 1 create:0', 0.5, true, 'the account was not there yet'],
    ['0 collect:0, 1 validate:50181, 3 attributes:0', 2, false, 'it had failed, as far as was known'],
    ['10 collect:0', 5, false, 'it had not begun'],
  ])('%s was in progress at minute %d: %s, %s', (text, minute, expected) => {
    expect(wasInProgress(observed(text).steps, minute * MINUTE_MS)).toBe(expected);
  });
});
