import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noErrorCode } from '../../src/signup/codes.ts';
import { parseGraphTime } from '../../src/signup/graph-time.ts';
import { parseEvent } from '../../src/signup/parse-event.ts';
import { sampleEvent, sampleRow } from './arbitrary-row.ts';

describe('reading a row of the log', () => {
  it('takes every field of a full row, and the row itself', () => {
    const row = sampleRow({ fraudProtectionDetails: { verdict: 'allow' } });
    expect(parseEvent(row)).toEqual({
      ok: true,
      event: {
        log: 'signUps',
        id: '921e63bd-a516-4976-a537-a6710d6a0000',
        correlationId: 'f4414243-b0ee-4030-9c0c-d661c716a6b8',
        timeMs: Date.UTC(2024, 9, 15, 1, 58, 9, 287) + 0.604,
        appId: '94559aba-b733-468e-aaec-44cc4e7f0b58',
        appName: 'Contoso Portal',
        stage: 'userCreation',
        provider: 'Email OTP',
        identifier: 'ana@example.org',
        identifierType: 'emailAddress',
        errorCode: 0,
        failureReason: null,
        additionalDetails: null,
        listeners: [],
        userId: '9fb7a577-9469-4489-912d-bc58a5bca276',
        result: null,
        counterpart: null,
        attributes: {},
        raw: row,
      },
    });
  });

  it('fills an almost empty row with null, empty texts and "no code", never with a success', () => {
    const event = sampleEvent({
      correlationId: undefined,
      appId: null,
      appDisplayName: '',
      signUpStage: null,
      signUpIdentityProvider: 7,
      signUpIdentity: 'ana',
      status: null,
      appliedEventListeners: {},
      userId: undefined,
    });
    expect(event).toMatchObject({
      correlationId: '',
      appId: '',
      appName: null,
      stage: '',
      provider: '7',
      identifier: null,
      errorCode: noErrorCode,
      listeners: [],
      userId: null,
    });
  });

  it('keeps unknown stages and providers as they were sent', () => {
    expect(sampleEvent({ signUpStage: 'fraudCheck', signUpIdentityProvider: 'Contoso ID' })).toMatchObject({
      stage: 'fraudCheck',
      provider: 'Contoso ID',
    });
  });

  it('finds the user in the userSnapshot of older rows, and prefers the newer field', () => {
    expect(sampleEvent({ userId: undefined, userSnapshot: { userId: 'old' } }).userId).toBe('old');
    expect(sampleEvent({ userId: 'new', userSnapshot: { userId: 'old' } }).userId).toBe('new');
  });

  it('takes the answer to a single event, wrapped in "value" or not', () => {
    const parsed = parseEvent({ '@odata.context': 'x', value: sampleRow() });
    expect(parsed).toEqual({ ok: true, event: sampleEvent() });
  });

  it.each([
    ['1002013', 1002013],
    [' 50181 ', 50181],
    [0, 0],
    [-0, 0],
    ['', noErrorCode],
    ['none', noErrorCode],
    [1.5, noErrorCode],
    [2 ** 31, noErrorCode],
    [Number.NaN, noErrorCode],
    [true, noErrorCode],
  ])('reads the error code %j as %j', (errorCode, expected) => {
    expect(sampleEvent({ status: { errorCode } }).errorCode).toBe(expected);
  });

  it('reads listeners, and passes over what is none', () => {
    const handlerResult = {
      customExtensionId: 'ext',
      calloutDateTime: '2026-01-01T00:00:00Z',
      numberOfAttempts: 2,
      httpStatus: '504',
      errorCode: 1003005,
    };
    const full = { eventType: 'emailOtpSend', executedListenerId: 'lis', handlerResult };
    const event = sampleEvent({ appliedEventListeners: [full, null, 'x', { handlerResult: null }] });
    expect(event.listeners).toEqual([
      {
        eventType: 'emailOtpSend',
        listenerId: 'lis',
        extensionId: 'ext',
        calledAtMs: Date.UTC(2026, 0, 1),
        attempts: 2,
        httpStatus: 504,
        errorCode: 1003005,
      },
      {
        eventType: '',
        listenerId: null,
        extensionId: null,
        calledAtMs: null,
        attempts: null,
        httpStatus: null,
        errorCode: null,
      },
    ]);
  });

  it.each([
    [null, 'not an object'],
    [[], 'not an object'],
    ['text', 'not an object'],
    [{}, 'no id'],
    [sampleRow({ id: '' }), 'no id'],
    [sampleRow({ id: 'x1', createdDateTime: 'soon' }), 'no readable createdDateTime (id x1)'],
    [{ value: { id: 'x2' } }, 'no readable createdDateTime (id x2)'],
  ])('gives up %j: %s', (raw, reason) => {
    expect(parseEvent(raw)).toEqual({ ok: false, reason });
  });

  it('never throws, whatever JSON it is given', () => {
    const odd = fc.jsonValue({ maxDepth: 3 });
    const almostRow = fc.record(Object.fromEntries(Object.keys(sampleRow()).map((key) => [key, odd])));
    fc.assert(
      fc.property(
        fc.oneof(odd, almostRow, fc.record({ id: fc.constant('x'), createdDateTime: odd, status: odd })),
        (json) => {
          const parsed = parseEvent(json);
          expect(parsed.ok ? Number.isFinite(parsed.event.timeMs) : parsed.reason.length > 0).toBe(true);
        },
      ),
    );
  });
});

describe("Graph's times", () => {
  it.each([
    ['2026-01-01T00:00:00Z', Date.UTC(2026, 0, 1)],
    ['2026-01-01T00:00:00', Date.UTC(2026, 0, 1)],
    ['2026-01-01T00:00:00.5z', Date.UTC(2026, 0, 1) + 500],
    ['2026-01-01T02:00:00+02:00', Date.UTC(2026, 0, 1)],
    ['2025-12-31T18:30:00-0530', Date.UTC(2026, 0, 1)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2026-02-29T00:00:00Z', null],
    ['2026-13-01T00:00:00Z', null],
    ['2026-01-01T25:00:00Z', null],
    ['0001-01-01T00:00:00Z', null],
    ['2026-01-01', null],
    [1767225600000, null],
    [null, null],
  ])('%j is %j', (text, ms) => {
    expect(parseGraphTime(text)).toBe(ms);
  });

  it('keeps microseconds apart and in order', () => {
    const second = fc.integer({ min: 0, max: 2_000_000_000 });
    const micros = fc.integer({ min: 0, max: 999_998 });
    fc.assert(
      fc.property(second, micros, (s, us) => {
        const at = (n: number) =>
          parseGraphTime(new Date(s * 1000).toISOString().replace('.000Z', `.${String(n).padStart(6, '0')}Z`)) ??
          Number.NaN;
        expect(at(us)).toBeLessThan(at(us + 1));
        expect(Math.round((at(us) - s * 1000) * 1000)).toBe(us);
      }),
    );
  });
});
