/** The interactive program for screen readers: lines are added, nothing else; the terminal is given back. */
import { describe, expect } from 'vitest';
import { hostileAddresses } from '../../src/demo/people.ts';
import { createDemoTenant } from '../../src/demo/tenant.ts';
import { ManualClock } from '../support/manual-clock.ts';
import type { PseudoTerminal } from '../support/pseudo-terminal.ts';
import { expectGivenBack, programIn, startInFrame } from './frame.ts';
import { at, scenario, test, trusting } from './stage.ts';

const still = ['--demo', '3', '--since', '3h', '--until', '1h', '--screen-reader'] as const;
const size = { columns: 200, rows: 50 };

/** What was said, as lines; without regard to where the terminal breaks them. */
function saidBy(terminal: PseudoTerminal): readonly string[] {
  return terminal.bytes.toString().split('\r\n');
}

/** Waits until a line is said after the first `from` bytes. */
async function hear(terminal: PseudoTerminal, wanted: RegExp, from = 0): Promise<void> {
  await terminal.waitFor(() => wanted.test(terminal.bytes.subarray(from).toString()));
}

/** No escape sequence, no backspace, no carriage return but at the end of a line: bytes are only added. */
function expectOnlyAdded(terminal: PseudoTerminal): void {
  const output = terminal.bytes.toString();
  expect([...output.replaceAll('\r\n', '')].filter((character) => /\p{Cc}/u.test(character))).toEqual([]);
}

/** Presses a key and waits for what it brings. */
async function press(terminal: PseudoTerminal, keys: string, wanted: RegExp): Promise<void> {
  const from = terminal.bytes.length;
  terminal.press(keys);
  await hear(terminal, wanted, from);
}

describe.concurrent('the linear mode', scenario, () => {
  test('answers keys in lines that are only added, from the start to the end', async ({ stage }) => {
    const terminal = stage.start(still, size);
    await hear(terminal, /Tenant Contoso Customers, a demo\./);
    await hear(terminal, /1 of \d+\. .*\r\n/);
    await press(terminal, 'j', /2 of \d+\. .*\r\n/);
    await press(terminal, '\r', /Event: .*\r\nCode: .*UTC: /s);
    await press(terminal, 'j', /Code: .*\r\n/);
    await press(terminal, '\x1b', /2 of \d+\. /);
    await press(terminal, 'f', /Field outcome\.\r\nfailed, not chosen/);
    await press(terminal, ' ', /failed, chosen.*\r\nEvents, filter outcome:failed/);
    await press(terminal, '\r', /\d of \d+\. .* failed at /);
    await press(terminal, ':', /query: outcome:failed since:3h until:1h $/);
    await press(terminal, 'acc\t', /^account:$/);
    await press(terminal, 'local\r', /local\r\nEvents, filter outcome:failed account:local/);
    await press(terminal, '?', /Keys here\..*j or Down: one row down/s);
    await press(terminal, 'q', /\d of \d+\. /);
    terminal.resize(60, 20);
    await press(terminal, 'q', /Press q again to quit\.\r\n/);
    terminal.press('q');
    expect(await terminal.waitForEnd()).toBe(0);
    expectOnlyAdded(terminal);
  });

  test('is asked for by a variable as well', async ({ stage }) => {
    const terminal = stage.start(still.slice(0, -1), { ...size, env: { ENTRA_SIGNUPS_SCREEN_READER: '1' } });
    await hear(terminal, /linear output for screen readers/);
    terminal.press('qq');
    expect(await terminal.waitForEnd()).toBe(0);
    expectOnlyAdded(terminal);
  });

  test('signs in by code, and tells news in a word', async ({ stage }) => {
    const server = await stage.serve({ ratePerMinute: 200 });
    const args = ['--screen-reader', ...at(server), '--since', '15m'];
    const terminal = stage.start(args, { ...size, env: trusting(server) });
    await hear(terminal, /and enter this code:\r\n[A-Z0-9]{9}\r\n/);
    server.tenant.signIn.approve();
    await hear(terminal, /Signed in as admin@.*\r\n/);
    await hear(terminal, /\d+ events.*Read up to/);
    await hear(terminal, /^\d+ new(, \d+ failed)?\.\r\n/m);
    expect(saidBy(terminal).filter((line) => line.includes('Signed in as'))).toHaveLength(1);
    expectOnlyAdded(terminal);
  });

  test('makes hostile text visible', async ({ stage }) => {
    expect(hostileAddresses.join()).toContain('\x1b');
    const nowMs = Date.now();
    const { truth } = createDemoTenant({ seed: '3', clock: new ManualClock(nowMs) });
    const attempts = truth.attempts({ fromMs: nowMs - 26 * 3_600_000, toMs: nowMs - 2 * 3_600_000 });
    const atMs = attempts.findLast(({ story }) => story === 'hostileText')?.stages[0]?.timeMs ?? 0;
    const range = [atMs - 600_000, atMs + 600_000].map((ms) => new Date(ms).toISOString());
    const args = ['--demo', '3', '--since', range[0] ?? '', '--until', range[1] ?? '', '--screen-reader'];
    const terminal = stage.start([...args, 'mallory'], size);
    await hear(terminal, /1 of \d+\. .*mallory/);
    await press(terminal, '\r', /Event: .*UTC: /s);
    expectOnlyAdded(terminal);
  });

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    test(`gives the terminal back at ${signal}`, async ({ stage }) => {
      const terminal = startInFrame(stage, still);
      await hear(terminal, /1 of \d+\. /);
      await press(terminal, '/abc', /search: abc$/);
      process.kill(await programIn(stage), signal);
      await expectGivenBack(terminal, code, /.*/);
    });
  }

  test('^Z gives the terminal to the shell, and fg says where one is', async ({ stage }) => {
    const terminal = stage.startCommand(['sh', '-i'], { ...size, env: { PS1: 'ready> ' } });
    await terminal.waitFor('ready>');
    terminal.press('stty -g > before\r');
    await terminal.waitFor(/ready>.*\n.*ready>/);
    terminal.press(`${stage.command(still).join(' ')}\r`);
    await hear(terminal, /1 of \d+\. /);
    await press(terminal, '/ab', /search: ab$/);
    await press(terminal, '\x1a', /Stopped[\s\S]*ready> $/);
    await press(terminal, 'stty -g | cmp - before && echo as before\r', /^as before\r\n/m);
    await press(terminal, 'fg\r', /Going on\. 1 of \d+\. .*\r\nsearch: ab$/);
    await press(terminal, '\x1b', /1 of \d+\. /);
    await press(terminal, 'qq', /ready> $/);
    await press(terminal, 'stty -g | cmp - before && echo as before\r', /^as before\r\n/m);
  });
});
