import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logNamed, logNames, logs } from '../../src/logs/logs.ts';
import { parseAudit } from '../../src/logs/parse-audit.ts';
import { parseProvisioning } from '../../src/logs/parse-provisioning.ts';
import { parseSignIn } from '../../src/logs/parse-sign-in.ts';
import { noErrorCode } from '../../src/signup/codes.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { outcomeOfEvent } from '../../src/signup/outcome.ts';
import type { ParsedEvent } from '../../src/signup/parse-event.ts';
import { auditRow, correlationId, personId, provisioningRow, signInRow } from './rows.ts';

function eventOf(parsed: ParsedEvent): LogEvent {
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
}

describe('reading a row of the other logs', () => {
  it('knows a sign-in', () => {
    const row = signInRow();
    expect(eventOf(parseSignIn(row))).toEqual({
      log: 'signIns',
      id: '66ea54eb-6301-4ee5-be62-ff5a759b0100',
      correlationId,
      timeMs: Date.UTC(2026, 10, 23, 10, 42, 9),
      appId: '94559aba-b733-468e-aaec-44cc4e7f0b58',
      appName: 'Contoso Portal',
      stage: '',
      provider: '',
      identifier: 'ana@example.org',
      identifierType: null,
      errorCode: 0,
      failureReason: null,
      additionalDetails: null,
      listeners: [],
      userId: personId,
      result: null,
      counterpart: '203.0.113.7',
      attributes: {
        resource: 'Contoso API',
        client: 'Browser',
        os: 'Windows 11',
        browser: 'Firefox 140.0',
        country: 'DE',
        policies: 'notApplied',
      },
      raw: row,
    });
  });

  it('knows an audit by what was done, to whom and by whom', () => {
    expect(eventOf(parseAudit(auditRow()))).toMatchObject({
      log: 'audits',
      id: 'Directory_1a2b_XYZ_42',
      correlationId,
      timeMs: Date.UTC(2026, 10, 23, 10, 42, 10, 287) + 0.604,
      appName: 'Contoso Portal',
      identifier: 'Contoso Portal',
      errorCode: noErrorCode,
      failureReason: null,
      additionalDetails: 'User-Agent: Mozilla',
      userId: personId,
      result: 'success',
      counterpart: 'ana@example.org, Customers',
      attributes: { activity: 'Add user', category: 'UserManagement', service: 'Core Directory', operation: 'Add' },
    });
  });

  it('takes a person as the actor of an audit before a program, and "Type" for "type"', () => {
    const user = { id: 'x', displayName: null, userPrincipalName: 'admin@example.org' };
    const targetResources = [
      { id: 'g', Type: 'Group' },
      { id: 'u', Type: 'User' },
    ];
    const event = eventOf(parseAudit(auditRow({ initiatedBy: { user, app: null }, targetResources })));
    expect(event).toMatchObject({ identifier: 'admin@example.org', userId: 'u', counterpart: 'g, u' });
  });

  it('knows a provisioning entry, which has no correlation ID', () => {
    expect(eventOf(parseProvisioning(provisioningRow()))).toMatchObject({
      log: 'provisioning',
      correlationId: '',
      appName: 'Loyalty',
      identifier: 'Ana Example',
      userId: personId,
      result: 'success',
      counterpart: 'ana.example',
      attributes: { action: 'create', source: 'Microsoft Entra ID', system: 'Loyalty SCIM' },
    });
  });

  it('tells why provisioning failed', () => {
    const errorInformation = { errorCode: 'DuplicateTargetEntries', reason: 'Two match.', additionalDetails: 'ana' };
    const provisioningStatusInfo = { status: 'failure', errorInformation };
    const event = eventOf(parseProvisioning(provisioningRow({ provisioningStatusInfo })));
    expect(event).toMatchObject({ result: 'failure', failureReason: 'Two match.', additionalDetails: 'ana' });
    expect(event.attributes.problem).toBe('DuplicateTargetEntries');
  });

  it.each([
    ['success', 'succeeded'],
    ['failure', 'failed'],
    ['timeout', 'failed'],
    ['skipped', 'interrupted'],
    ['warning', 'unknown'],
    ['unknownFutureValue', 'unknown'],
    [null, 'unknown'],
  ])('judges an audit with the result %j as %s', (result, outcome) => {
    expect(outcomeOfEvent(eventOf(parseAudit(auditRow({ result }))))).toBe(outcome);
  });

  it.each([
    [0, 'succeeded'],
    [50126, 'failed'],
    [50140, 'interrupted'],
    [777_777, 'unknown'],
  ])('judges a sign-in by its code: %i is %s', (errorCode, outcome) => {
    expect(outcomeOfEvent(eventOf(parseSignIn(signInRow({ status: { errorCode } }))))).toBe(outcome);
  });

  it('gives up a row without an id or a time, and says why', () => {
    expect(parseSignIn({ ...signInRow(), id: '' })).toEqual({ ok: false, reason: 'no id' });
    expect(parseSignIn('row')).toEqual({ ok: false, reason: 'not an object' });
    const { ok } = parseAudit({ ...auditRow(), activityDateTime: undefined, createdDateTime: '2026-11-23T10:42:10Z' });
    expect(ok).toBe(false);
  });

  it('never throws, whatever stands in a row', () => {
    const rows = [signInRow(), auditRow(), provisioningRow()];
    const anyRow = fc
      .tuple(fc.constantFrom(...rows), fc.dictionary(fc.constantFrom(...rows.flatMap(Object.keys)), fc.jsonValue()))
      .map(([row, odd]) => ({ ...row, ...odd }));
    fc.assert(
      fc.property(fc.oneof(anyRow, fc.jsonValue()), fc.constantFrom(...logs), (row, { parse, name }) => {
        const parsed = parse(row);
        if (parsed.ok) expect(parsed.event).toMatchObject({ log: name, raw: row });
        else expect(parsed.reason).not.toBe('');
      }),
    );
  });

  it('has the sign-ups first, and each log under its name', () => {
    expect(logNames[0]).toBe('signUps');
    expect(logNames.map((name) => logNamed(name).name)).toEqual(logNames);
  });
});
