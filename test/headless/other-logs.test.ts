/** `--log`: the printing commands on the other logs of the demo tenant, in every format. */
import { describe, expect, test } from 'vitest';
import { csvFormat } from '../../src/headless/csv.ts';
import { tableFormat } from '../../src/headless/table.ts';
import { logNamed } from '../../src/logs/logs.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import type { LogEvent, LogName } from '../../src/signup/event.ts';
import { auditRow, provisioningRow, signInRow } from '../logs/rows.ts';
import { sampleRow } from '../signup/arbitrary-row.ts';
import { runProgram, runToEnd } from './run-program.ts';

const MINUTE_MS = 60_000;
const rowOf = { signUps: sampleRow, signIns: signInRow, audits: auditRow, provisioning: provisioningRow };

function eventOf(log: LogName, differences = {}): LogEvent {
  const parsed = logNamed(log).parse(rowOf[log](differences));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
}

/** The one data line of a CSV under its header, without quotes around any cell. */
function csvRow(log: LogName, differences = {}): Readonly<Record<string, string>> {
  const format = csvFormat(log);
  const [header = '', row = ''] = [format.start(), format.events([eventOf(log, differences)])];
  const cells = (line: string) =>
    [...line.trimEnd().matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, cell = '']) => cell.replace(/^"|"$/g, ''));
  const values = cells(row);
  return Object.fromEntries(cells(header).map((name, at) => [name, values[at] ?? '']));
}

describe('the CSV of a log', () => {
  test('of sign-ins has the words of a sign-in', () => {
    expect(csvRow('signIns')).toMatchObject({
      createdDateTime: '2026-11-23T10:42:09Z',
      outcome: 'succeeded',
      userPrincipalName: 'ana@example.org',
      ipAddress: '203.0.113.7',
      countryOrRegion: 'DE',
      conditionalAccessStatus: 'notApplied',
      errorCode: '0',
      failureReason: '',
    });
  });

  test('of audits tells what was done to whom', () => {
    expect(csvRow('audits', { result: 'timeout' })).toMatchObject({
      outcome: 'failed',
      result: 'timeout',
      activityDisplayName: 'Add user',
      initiatedByName: 'Contoso Portal',
      targetNames: 'ana@example.org, Customers',
    });
  });

  test('of provisioning tells the status, which has no code', () => {
    const row = csvRow('provisioning');
    expect(row).toMatchObject({ outcome: 'succeeded', status: 'success', provisioningAction: 'create' });
    expect(row.sourceName).toBe('Ana Example');
  });

  test.each([
    ['signUps', []],
    ['signIns', ['userDisplayName', 'isInteractive']],
    ['audits', []],
    // Of a system there is more than its name.
    ['provisioning', ['sourceSystem', 'targetSystem']],
  ] as const)('of %s keeps the fields that have no cell of their own', (log, without) => {
    const { unknownFields = '' } = csvRow(log, { somethingNew: 'x' });
    expect(Object.keys(JSON.parse(unknownFields.replaceAll('""', '"')))).toEqual([...without, 'somethingNew']);
  });
});

describe('the table of a log', () => {
  test.each([
    ['signIns', ['WHO', 'ADDRESS', 'FROM', 'CLIENT', 'CODE'], ['ana@example.org', '203.0.113.7', 'DE', 'Browser']],
    ['audits', ['ACTIVITY', 'TARGET', 'BY', 'REASON'], ['Add user', 'ana@example.org, Customers', 'Contoso Portal']],
    ['provisioning', ['ACTION', 'SOURCE', 'TARGET', 'SYSTEM'], ['create', 'Ana Example', 'Loyalty SCIM']],
  ] as const)('%s', (log, titles, cells) => {
    const look = { widthColumns: null, color: false, ascii: true, timeZone: 'UTC' };
    const text = tableFormat(look, new AppNames(), log).events([eventOf(log)]);
    for (const word of [...titles, ...cells, 'ok succeeded']) expect(text).toContain(word);
    expect(text).not.toContain('STAGE');
  });
});

describe('list --log', () => {
  test.each([
    ['sign-ins', 'createdDateTime', 'userPrincipalName'],
    ['audits', 'activityDateTime', 'activityDisplayName'],
    ['provisioning', 'activityDateTime', 'provisioningAction'],
  ])('%s prints its entries, the newest first', async (log, time, field) => {
    const run = await runProgram(['list', '--demo', '--log', log, '--since', '12h', '--limit', '20']);
    expect(await runToEnd(run, MINUTE_MS)).toBe(0);
    const rows: Record<string, string>[] = run.stdout.lines.map((line) => JSON.parse(line));
    expect(rows).toHaveLength(20);
    expect(rows.every((row) => row[field] !== undefined && row.outcome !== undefined)).toBe(true);
    const times = rows.map((row) => row[time] ?? '');
    expect(times).toEqual([...times].sort().reverse());
  });

  test('is filtered by the fields of that log', async () => {
    const run = await runProgram(['list', '--demo', '--log', 'audits', '--since', '2d', 'activity:update*']);
    expect(await runToEnd(run, MINUTE_MS)).toBe(0);
    const activities = run.stdout.lines.map((line) => JSON.parse(line).activityDisplayName);
    expect(new Set(activities)).toEqual(new Set(['Update user']));
  });

  test('refuses a field of another log, and says whose it is', async () => {
    const run = await runProgram(['list', '--demo', '--log', 'sign-ins', 'stage:create']);
    expect(await runToEnd(run, MINUTE_MS)).toBe(2);
    expect(run.stderr.text).toContain('"stage" is a field of sign-ups, not of sign-ins');
  });

  test('offers the nearest log', async () => {
    const run = await runProgram(['tail', '--demo', '--log', 'signins']);
    const slip = await runProgram(['tail', '--demo', '--log', 'audit']);
    expect(await runToEnd(slip, MINUTE_MS)).toBe(2);
    expect(slip.stderr.text).toContain('Did you mean audits?');
    run.signal('SIGINT');
    expect(await runToEnd(run, MINUTE_MS)).toBe(130);
  });
});

test('the tail of a log prints what becomes visible in it', async () => {
  const run = await runProgram(['tail', '--demo', '--log', 'audits', '--for', '1h', '--output', 'csv']);
  expect(await runToEnd(run, 70 * MINUTE_MS)).toBe(0);
  expect(run.stdout.lines[0]).toMatch(/^activityDateTime,outcome,/);
  expect(run.stdout.lines.length).toBeGreaterThan(3);
});
