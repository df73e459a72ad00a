/** `flow:` in `list` and `tail`, whole: from the command line to the bytes, on the demo tenant. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Run, runProgram, runToEnd } from './run-program.ts';

const minute = 60_000;
const range = ['--demo', '--since', '12h', '--limit', '0'];

function apps({ stdout }: Run): readonly string[] {
  const events: readonly { readonly appId: string }[] = stdout.lines.map((line) => JSON.parse(line));
  return [...new Set(events.map(({ appId }) => appId.slice(0, 4)))].sort();
}

async function listed(...query: readonly string[]): Promise<Run> {
  const run = await runProgram(['list', ...range, '--', ...query]);
  expect(await runToEnd(run, 10 * minute)).toBe(0);
  return run;
}

const [shop, loyalty, bank] = ['9455', '3b6d', '7e2f'];

describe('list', () => {
  test.each<[string, readonly (string | undefined)[]]>([
    ['flow:"Shop sign-up"', [shop]],
    ['flow:2e1d9c63-8b47-4c2f-9fa1-6e5d4c3b2a02', [loyalty, bank]],
    ['flow:loyalty*', [loyalty, bank]],
    ['flow:"Shop sign-up","Loyalty sign-up"', [loyalty, bank, shop]],
    ['-flow:"Loyalty sign-up"', [shop]],
    ['flow:"Partner sign-up"', []],
  ])('%s prints the events of its applications, and no others', async (query, expected) => {
    expect(apps(await listed(query))).toEqual(expected);
  });

  test('prints as many as there are of the applications', async () => {
    const [byFlow, byApp] = [await listed('flow:"Shop sign-up"'), await listed('appid:94559aba*')];
    expect(byFlow.stdout.lines.length).toBeGreaterThan(100);
    expect(byFlow.stdout.lines).toEqual(byApp.stdout.lines);
  });

  test('with a flow that does not exist ends with 2, and prints nothing', async () => {
    const run = await runProgram(['list', '--demo', 'flow:Shop', 'outcome:failed']);
    expect(await runToEnd(run, minute)).toBe(2);
    expect(run.stderr.text).toMatch(/There is no user flow "Shop".*\nDid you mean flow:"Shop sign-up"\?\n$/);
    expect(run.stdout.text).toBe('');
  });

  test('asks for the flows only when the query needs them, once', async () => {
    const file = join((await runProgram(['--version'])).dataFolder, 'debug.log');
    const paths = () => readFileSync(file, 'utf8').match(/\/identity\/[^"]*/g);
    await runToEnd(await runProgram(['list', '--demo', '--limit', '5', '--debug-log', file]), minute);
    expect(paths()).toBeNull();
    const query = ['flow:"Shop sign-up"', 'flow:shop*'];
    await runToEnd(await runProgram(['list', '--demo', '--limit', '5', '--debug-log', file, ...query]), minute);
    expect(paths()).toEqual([
      '/identity/authenticationEventsFlows',
      '/identity/authenticationEventsFlows/2e1d9c63-8b47-4c2f-9fa1-6e5d4c3b2a02/conditions/applications/includeApplications',
    ]);
  });
});

describe('tail', () => {
  test('prints the events of a flow as they arrive', async () => {
    const run = await runProgram(['tail', '--demo', '--since', '2h', '--for', '5m', 'flow:"Loyalty sign-up"']);
    expect(await runToEnd(run, 10 * minute)).toBe(0);
    expect(apps(run)).toEqual([loyalty, bank]);
  });

  test('with a flow that does not exist ends with 2', async () => {
    const run = await runProgram(['tail', '--demo', 'flow:nobody']);
    expect(await runToEnd(run, minute)).toBe(2);
  });
});
