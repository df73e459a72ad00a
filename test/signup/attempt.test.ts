/** Attempts, judged by hand-made steps. */
import { describe, expect, it } from 'vitest';
import { attemptOutcome, attemptShape, IN_PROGRESS_MS } from '../../src/signup/attempt.ts';
import { steps } from './steps.ts';

const ends: readonly [steps: string, end: string, why: string][] = [
  ['collect:0 validate:1002013 attributes:0 create:0', 'created', "Microsoft's sample"],
  ['federate:0 attributes:0 create:0', 'created', 'a social account'],
  ['collect:0 create:0 create:50140', 'created', 'the question to stay signed in comes after it'],
  ['create:0 attributes:50181', 'created', 'a creation that succeeded counts wherever it stands'],
  ['collect:0 validate:1002013 validate:50181', 'failed', 'the last event is a failure'],
  ['collect:0 create:399279', 'failed', 'the creation failed'],
  ['collect:0 validate:77777', 'failed', 'nobody has classified the code'],
  ['collect:0 validate:50181 validate:1002013', 'open', 'asked again after a wrong code'],
  ['collect:0', 'open', 'a stage was completed, and nothing more is known'],
  ['collect:0 validate:1002013', 'open', 'being asked for the code is no failure'],
  ['collect:0 validate:-1', 'open', 'without a code nobody knows how the last event ended'],
  ['collect:0 validate:50181 validate:-1', 'open', 'what came before the last event does not count'],
  ['create:50140', 'open', 'an interrupt at the creation is no creation'],
];

describe('an attempt', () => {
  it.each(ends)('%s is %s: %s', (text, end) => {
    expect(attemptShape(steps(text)).end).toBe(end);
  });

  it('that is open is in progress for half an hour, and then has no further event', () => {
    const open = attemptShape(steps('collect:0'));
    const at = { startMs: 0, lastMs: 0 };
    expect(attemptOutcome({ shape: open, ...at }, IN_PROGRESS_MS - 1)).toBe('inProgress');
    expect(attemptOutcome({ shape: open, ...at }, IN_PROGRESS_MS)).toBe('noFurtherEvent');
    expect(attemptOutcome({ shape: attemptShape(steps('create:0')), ...at }, 1)).toBe('created');
    expect(attemptOutcome({ shape: attemptShape(steps('create:399279')), ...at }, IN_PROGRESS_MS)).toBe('failed');
  });

  it('has a path of stages in the order in which they were met, with what came of each event', () => {
    const {
      path,
      lastStage,
      lastErrorCode,
      steps: count,
    } = attemptShape(steps('collect:0 validate:1002013 validate:50181 attributes:0 validate:1002013'));
    expect(path).toEqual([
      { stage: 'credentialCollection', outcomes: ['succeeded'] },
      { stage: 'credentialValidation', outcomes: ['interrupted', 'failed', 'interrupted'] },
      { stage: 'attributeCollectionAndValidation', outcomes: ['succeeded'] },
    ]);
    expect([lastStage, lastErrorCode, count]).toEqual(['credentialValidation', 1002013, 5]);
  });

  it('counts a try more for each failure after which the person went on', () => {
    expect(attemptShape(steps('collect:0 validate:50181 validate:50181 attributes:0')).tries).toBe(3);
    expect(attemptShape(steps('collect:0 validate:50181')).tries).toBe(1);
    expect(attemptShape(steps('collect:0 validate:1002013 attributes:0')).tries).toBe(1);
  });

  it('counts events that are alike apart, also where they are one and the same object', () => {
    const [collect, wrong] = steps('collect:0 validate:50181');
    if (!collect || !wrong) throw new Error('there are two steps');
    expect(attemptShape([collect, wrong, wrong, wrong]).tries).toBe(3);
  });

  it('has the provider and the account type of its last event', () => {
    const shape = attemptShape([...steps('collect:0'), ...steps('federate:0', 'Google')]);
    expect([shape.provider, shape.account]).toEqual(['Google', 'social']);
  });

  it('knows that the person had an account where a code says so', () => {
    expect(attemptShape(steps('collect:0 validate:50126')).hadAccount).toBe(true);
    expect(attemptShape(steps('collect:0 validate:50181')).hadAccount).toBe(false);
  });

  it('begins midway when its first known step is none that a sign-up begins with', () => {
    expect(attemptShape(steps('validate:1002013 create:0')).beginsMidway).toBe(true);
    expect(attemptShape(steps('federate:0')).beginsMidway).toBe(false);
    expect(attemptShape(steps('somethingNew:0')).beginsMidway).toBe(false);
  });

  it('of no events is none', () => {
    expect(() => attemptShape([])).toThrow(RangeError);
  });
});
