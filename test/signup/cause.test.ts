/** What broke a sign-up, when Entra's own code does not say. */
import { describe, expect, it } from 'vitest';
import { failuresByCode } from '../../src/figures/funnel.ts';
import { attemptsOf } from '../../src/signup/attempts-of.ts';
import { causeOf, codesOf } from '../../src/signup/cause.ts';
import { explainCode, noErrorCode } from '../../src/signup/codes.ts';
import { outcomeOfEvent } from '../../src/signup/outcome.ts';
import { searchForm, searchTexts } from '../../src/signup/search-text.ts';
import { sampleEvent } from './arbitrary-row.ts';

/** An event with a code of its own, and the codes of the extensions that were called. */
function eventWith(code: number, ...results: readonly (number | null)[]) {
  return sampleEvent({
    signUpStage: 'attributeCollectionAndValidation',
    status: { errorCode: code === noErrorCode ? null : code },
    appliedEventListeners: results.map((errorCode) => ({
      eventType: 'attributeCollectionSubmit',
      handlerResult: { errorCode, httpStatus: null, numberOfAttempts: errorCode === 1003011 ? 0 : 1 },
    })),
  });
}

describe('the cause of an event', () => {
  it.each([
    ['the extension that failed, behind 1100001', 1100001, [1003011], 1003011],
    ['the extension that failed, behind 1100000', 1100000, [1003004], 1003004],
    ['the one that failed, not the one that answered', 1100001, [0, 1003005], 1003005],
    ['the first of two that failed', 1100001, [1003003, 1003005], 1003003],
    ['the extension, behind a code that nobody knows', 777777, [1003005], 1003005],
    ['the extension, where the log has no code', noErrorCode, [1003005], 1003005],
    ['its own code when that says why', 1002027, [1003005], 1002027],
    ['its own code when the stage went on', 0, [1003002], 0],
    ['1100001 when no extension tells more', 1100001, [0, null], 1100001],
    ['1100001 when there is no extension', 1100001, [], 1100001],
    ['1100001 when the result is a code that nobody knows', 1100001, [1003999], 1100001],
    ['1100001 when the result is as generic', 1100001, [1100001], 1100001],
    ['nothing where there is nothing', noErrorCode, [], noErrorCode],
  ])('is %s', (_, own, results, cause) => {
    expect(causeOf(eventWith(own, ...results))).toBe(cause);
  });

  it('is how the event is found, and so is its own code', () => {
    expect(codesOf(eventWith(1100001, 1003011))).toEqual([1003011, 1100001]);
    expect(codesOf(eventWith(50181))).toEqual([50181]);
    expect(codesOf(eventWith(noErrorCode, 1003005))).toEqual([1003005]);
    expect(codesOf(eventWith(noErrorCode))).toEqual([]);
    const texts = searchTexts(eventWith(1100001, 1003011), null);
    for (const word of ['1003011', 'extension deleted', '1100001', 'custom extension failed', 'failed']) {
      expect(texts).toContain(searchForm(word));
    }
  });
});

describe('outcomes', () => {
  it.each([
    [1100001, [], 'failed'],
    [1100000, [], 'failed'],
    [1100001, [1003011], 'failed'],
    [1100001, [1003999], 'failed'],
    [777777, [1003005], 'failed'],
    [777777, [0], 'unknown'],
    [noErrorCode, [1003005], 'failed'],
    [0, [1003002], 'succeeded'],
    [1002013, [1003005], 'interrupted'],
  ])('%i with extensions that gave %j is %s', (own, results, outcome) => {
    expect(outcomeOfEvent(eventWith(own, ...results))).toBe(outcome);
  });

  it.each([50201, 50202, 50204, 50205, 50209, 399218, 55103])('%i is an expected stop', (code) => {
    expect(outcomeOfEvent(eventWith(code))).toBe('interrupted');
  });

  it('1100000 passes, 1100001 does not', () => {
    expect(explainCode(1100000).kind).toBe('transient');
    expect(explainCode(1100001).kind).toBe('failure');
  });
});

describe('an attempt', () => {
  it('ends with the cause, and is counted under it', () => {
    const attempts = attemptsOf([
      { ...eventWith(1100001, 1003011), correlationId: 'a' },
      { ...eventWith(1100001, 1003005), correlationId: 'b' },
      { ...eventWith(1100001), correlationId: 'c' },
      { ...eventWith(1003011), correlationId: 'd' },
    ]);
    const [first] = attempts;
    expect(first?.shape).toMatchObject({ end: 'failed', lastErrorCode: 1003011, codes: [1003011] });
    expect(failuresByCode(attempts.map(({ shape }) => [shape, 1]))).toEqual([
      { code: 1003011, attempts: 2 },
      { code: 1003005, attempts: 1 },
      { code: 1100001, attempts: 1 },
    ]);
  });
});
