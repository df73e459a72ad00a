/** The small tables of words: stages, outcomes, providers, codes, listeners. */
import { describe, expect, it } from 'vitest';
import { explainCode, explainedCodes, noErrorCode } from '../../src/signup/codes.ts';
import { listenerEventTypes, listenerFailed, listenerMeaning, listenerResult } from '../../src/signup/listeners.ts';
import { outcomeOf } from '../../src/signup/outcome.ts';
import { accountTypeOf } from '../../src/signup/providers.ts';
import { stageLabel, stageMeaning, stageNames, stageOrder } from '../../src/signup/stages.ts';

describe('stages', () => {
  it('come in the order of a sign-up, unknown ones last', () => {
    const mixed = ['fraudCheck', 'userCreation', 'credentialValidation', 'credentialCollection'];
    expect(mixed.sort((a, b) => stageOrder(a) - stageOrder(b))).toEqual([
      'credentialCollection',
      'credentialValidation',
      'userCreation',
      'fraudCheck',
    ]);
    expect(stageNames.map(stageOrder)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('have short labels and meanings; an unknown stage is called by its own name', () => {
    expect(stageNames.map(stageLabel)).toEqual([
      'collect',
      'validate',
      'federate',
      'consent',
      'attributes',
      'create',
      'tenant consent',
    ]);
    expect(stageLabel('fraudCheck')).toBe('fraudCheck');
    expect(stageLabel('constructor')).toBe('constructor');
    expect(stageMeaning('fraudCheck')).toMatch(/does not know/);
    expect(stageMeaning('')).toMatch(/no stage/);
  });
});

describe('outcomes', () => {
  it.each([
    [0, 'succeeded'],
    [1002013, 'interrupted'],
    [50140, 'interrupted'],
    [50181, 'failed'],
    [40014, 'failed'],
    [1003005, 'failed'],
    [424242, 'unknown'],
    [noErrorCode, 'unknown'],
  ])('code %i means %s', (code, outcome) => {
    expect(outcomeOf(code)).toBe(outcome);
  });
});

describe('account types', () => {
  it.each([
    ['Email OTP', 'local'],
    ['Email Password', 'local'],
    ['Google', 'social'],
    ['Contoso ID', 'social'],
  ])('%s is %s', (provider, type) => {
    expect(accountTypeOf(provider)).toBe(type);
  });
});

describe('error codes', () => {
  it('are explained: every documented one for sign-ups and every one of custom extensions', () => {
    const extensionCodes = Array.from({ length: 28 }, (_, i) => 1003000 + i).filter((code) => code !== 1003013);
    for (const code of [0, 1002013, 50140, 50181, 50182, 1002027, 399279, ...extensionCodes]) {
      expect(explainCode(code).kind, String(code)).not.toBe('unknown');
    }
    expect(explainedCodes.length).toBeGreaterThan(100);
    expect(new Set(explainedCodes).size).toBe(explainedCodes.length);
  });

  it.each(explainedCodes)('%i has a meaning that fits its column, whole sentences, and a link', (code) => {
    const { meaning, explanation, todo, tellThePerson, link } = explainCode(code);
    expect(meaning.length).toBeGreaterThan(0);
    expect(meaning.length).toBeLessThanOrEqual(30);
    for (const sentence of [explanation, todo, tellThePerson ?? 'Yes.']) expect(sentence).toMatch(/^[A-Z].*[.]$/);
    expect(link).toBe(`https://login.microsoftonline.com/error?code=${code}`);
  });

  it('leave nobody to blame for what is no failure, and somebody for what is one', () => {
    for (const { kind, fixedBy } of explainedCodes.map(explainCode)) {
      if (kind === 'success' || kind === 'interrupt') expect(fixedBy).toBe('nobody');
      if (kind === 'configuration') expect(['admin', 'extension']).toContain(fixedBy);
    }
  });

  it('say so when they are not known', () => {
    expect(explainCode(424242)).toMatchObject({ code: 424242, kind: 'unknown', meaning: 'code not known' });
    expect(explainCode(424242).explanation).toContain('424242');
    expect(explainCode(noErrorCode).meaning).toBe('no code in the log');
  });
});

describe('listeners', () => {
  const call = {
    eventType: 'attributeCollectionSubmit',
    listenerId: null,
    extensionId: null,
    calledAtMs: null,
    attempts: 1,
    httpStatus: 200,
    errorCode: 0,
  };

  it.each([
    [{}, 'attributeCollectionSubmit → 200, 1 call', false],
    [
      { httpStatus: null, errorCode: 1003005, attempts: 2 },
      'attributeCollectionSubmit → timed out (1003005), 2 calls',
      true,
    ],
    [
      { httpStatus: 500, errorCode: 1003002 },
      'attributeCollectionSubmit → bad HTTP status (1003002), HTTP 500, 1 call',
      true,
    ],
    [{ httpStatus: 503 }, 'attributeCollectionSubmit → 503, 1 call', true],
    [{ httpStatus: null, attempts: null }, 'attributeCollectionSubmit → answered', false],
    [{ httpStatus: null, attempts: null, errorCode: null }, 'attributeCollectionSubmit → no result in the log', false],
    [
      { attempts: 0, httpStatus: null, errorCode: 1003011 },
      'attributeCollectionSubmit → deleted (1003011), never called',
      true,
    ],
    [{ attempts: 0, httpStatus: null, errorCode: null }, 'attributeCollectionSubmit → never called', true],
    [{ eventType: '', errorCode: 99 }, 'listener → code not known (99), HTTP 200, 1 call', true],
  ])('%j reads "%s"', (differences, line, failed) => {
    expect(listenerResult({ ...call, ...differences })).toBe(line);
    expect(listenerFailed({ ...call, ...differences })).toBe(failed);
  });

  it('are explained by their event type', () => {
    for (const type of listenerEventTypes) expect(listenerMeaning(type)).not.toMatch(/does not know/);
    expect(listenerMeaning('somethingNew')).toMatch(/does not know/);
  });
});
