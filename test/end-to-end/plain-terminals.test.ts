/** Terminals without colour or without Unicode, and text in the log that was typed to do harm. */
import { describe, expect } from 'vitest';
import { hostileAddresses } from '../../src/demo/people.ts';
import type { DemoServer } from '../support/demo-server.ts';
import type { PseudoTerminal } from '../support/pseudo-terminal.ts';
import { SkippingClock } from '../support/skipping-clock.ts';
import { hasRows, isAllRead, quit, settled, userCodeOf } from './reading.ts';
import { startLive } from './signed-in.ts';
import { at, scenario, test, trusting } from './stage.ts';

/** Goes everywhere: table, pane, stepper, help, search, too small, and out. */
async function visitEverything(terminal: PseudoTerminal): Promise<void> {
  const { screen } = terminal;
  terminal.press('jj\r');
  await terminal.waitFor('Same correlation ID');
  terminal.press('l\x1b');
  await terminal.waitFor(() => !screen.text().includes('Same correlation ID'));
  await settled(terminal);
  terminal.press('f \x1b[C \x1b[C');
  await terminal.waitFor('asks Graph for');
  terminal.press('X\x1b');
  await terminal.waitFor(() => !screen.text().includes('asks Graph for'));
  terminal.press('/nobody at all\r');
  await terminal.waitFor('is in none of the loaded rows');
  terminal.press(' y');
  await terminal.waitFor('clipboard');
  terminal.resize(30, 8);
  await terminal.waitFor('too small');
  terminal.resize(120, 40);
  await terminal.waitFor(hasRows);
  terminal.press('\x1b');
  expect(await quit(terminal)).toBe(0);
}

/** The first bytes beyond ASCII, with what is around them; empty when there are none. */
function beyondAscii(output: string): string {
  const found = /[^\r\n]{0,40}[\x80-\xff]+[^\r\n]{0,20}/.exec(output)?.[0] ?? '';
  return Buffer.from(found, 'latin1').toString();
}

const esc = '\x1b';
const sgr = new RegExp(`${esc}\\[([\\d;:]*)m`, 'g');

/** The colours that were set: parameters of SGR other than bold, dim, underline, inverse, and their ends. */
function coloursIn(output: string): readonly string[] {
  const sequences = [...output.matchAll(sgr)].map(([, parameters = '']) => parameters);
  const plain = new Set(['', '0', '1', '2', '3', '4', '7', '22', '23', '24', '27']);
  return sequences.flatMap((parameters) => parameters.split(/[;:]/)).filter((parameter) => !plain.has(parameter));
}

/** Rows of people whose names and applications are ASCII: what else there is comes from the program itself. */
const ofOneApp = ['--demo', '3', '--since', '8h', '--until', '4h', 'app:"Fabrikam Loyalty"'] as const;

describe.concurrent('a plain terminal', scenario, () => {
  for (const [name, args, env] of [
    ['NO_COLOR', [], { NO_COLOR: '1' }],
    ['--no-color', ['--no-color'], {}],
  ] as const) {
    test(`gets no colours with ${name}`, async ({ stage }) => {
      const terminal = stage.start([...ofOneApp, ...args], { env });
      await terminal.waitFor(isAllRead);
      await visitEverything(terminal);
      expect(coloursIn(terminal.output)).toEqual([]);
      // What is left says as much: bold, dim, inverse.
      expect([...terminal.output.matchAll(sgr)].length).toBeGreaterThan(10);
    });
  }

  test('gets colours without being told otherwise', async ({ stage }) => {
    const terminal = stage.start(ofOneApp);
    await terminal.waitFor(isAllRead);
    expect(coloursIn(terminal.output)).not.toEqual([]);
  });

  for (const [name, args, env] of [
    ['--ascii', ['--ascii'], {}],
    ['LANG=C', [], { LANG: 'C' }],
    ['LC_ALL=POSIX', [], { LC_ALL: 'POSIX' }],
  ] as const) {
    test(`gets nothing beyond ASCII with ${name}`, async ({ stage }) => {
      const terminal = stage.start([...ofOneApp, ...args], { env });
      await terminal.waitFor(isAllRead);
      await visitEverything(terminal);
      expect(beyondAscii(terminal.output)).toBe('');
    });
  }

  test('gets nothing beyond ASCII while signing in, either', async ({ stage }) => {
    const server = await stage.serve();
    server.tenant.signIn.block('refresh', 50173);
    const terminal = stage.start(['--ascii', ...at(server)], { env: trusting(server) });
    await terminal.waitFor((screen) => userCodeOf(screen) !== null);
    server.tenant.signIn.expireCodes();
    await terminal.waitFor('The code has expired');
    terminal.press('b');
    await terminal.waitFor('open');
    terminal.press('\x1b');
    await terminal.waitFor(/^ *d +with a code/m);
    terminal.press('d');
    await terminal.waitFor((screen) => userCodeOf(screen) !== null);
    server.tenant.signIn.approve();
    await terminal.waitFor(hasRows);
    server.tenant.signIn.expireTokens();
    terminal.press('r');
    await terminal.waitFor('Signed out');
    // What the log itself holds is checked with other rows.
    const untilRows = terminal.output.slice(0, terminal.output.indexOf('OUTCOME'));
    expect(beyondAscii(untilRows)).toBe('');
  });
});

/** How the pane shows each of the hostile addresses. */
const madeVisible = [
  /Identity +␛\[2J␛\]0;all fine␇mallory\\u\{202e\}gro\.elpmaxe@␊admin@contoso\.com/,
  /Identity +=HYPERLINK\('http:\/\/example\.net','mallory'\)@example\.net␍␊\\u\{9b\}31m/,
] as const;

/** The newest hostile attempt at `nowMs`, how many there are of it until one with the other address, and since when that is. */
function hostileIn({ tenant }: DemoServer, nowMs: number) {
  const attempts = tenant.truth
    .attempts({ fromMs: nowMs - 24 * 3_600_000, toMs: nowMs })
    .filter(({ story, stages }) => story === 'hostileText' && stages.every(({ visibleAtMs }) => visibleAtMs <= nowMs))
    .toReversed();
  const addresses = attempts.map(({ identifier }) => hostileAddresses.indexOf(identifier));
  const between = addresses.findIndex((address) => address !== addresses[0]);
  const [newest, other] = [madeVisible[addresses[0] ?? -1], madeVisible[addresses[between] ?? -1]];
  const sinceMs = (attempts[between]?.stages[0]?.timeMs ?? 0) - 60_000;
  if (!newest || !other) throw new Error('the log lacks one of the hostile addresses');
  return { newest, other, between, sinceMs };
}

/** What would be obeyed if it came through as it is. */
const sequences = ['\x1b]0;all fine', '\x1b[2J\x1b]', '\x9b31m', '\u202e'] as const;

describe.concurrent('hostile text in the log', scenario, () => {
  for (const [name, args] of [
    ['on the screen', []],
    ['on an ASCII screen', ['--ascii']],
  ] as const) {
    test(`is shown ${name}, not obeyed`, async ({ stage }) => {
      const clock = new SkippingClock();
      const server = await stage.serve({ clock });
      // Until the latest of the rows shows.
      clock.skipTo(clock.now() + 70 * 60_000);
      const { newest, other, between, sinceMs } = hostileIn(server, clock.now());
      const since = new Date(sinceMs).toISOString();
      const terminal = await startLive(stage, server, ['--since', since, ...args], { columns: 180 });
      const { screen } = terminal;
      // The address that is older may be on another page.
      await terminal.waitFor(isAllRead);
      terminal.press('/mallory\r');
      await terminal.waitFor(/^[▌>] .*(all fine|=HYPERLINK)/m);
      terminal.press('\r');
      await terminal.waitFor(newest);
      // Two events of this person for each attempt, then the last one of the other.
      terminal.press('nn'.repeat(between));
      await terminal.waitFor(other);
      terminal.press('qq');
      await terminal.waitFor(() => !screen.text().includes('Same correlation ID'));
      expectObeyedNothing(terminal);
    });
  }

  test('is shown by list on a terminal, not obeyed', async ({ stage }) => {
    const list = stage.command(['list', '--demo', '3', '--since', '24h', 'mallory']);
    const terminal = stage.startCommand(['sh', '-c', '"$@"; echo "left with $?"; read -r answer', 'sh', ...list], {
      columns: 200,
    });
    await terminal.waitFor('left with 0');
    expect(terminal.screen.text()).toContain('mallory');
    expectObeyedNothing(terminal);
  });
});

function expectObeyedNothing(terminal: PseudoTerminal): void {
  const text = terminal.bytes.toString();
  expect(hostileAddresses.join()).toContain(sequences[0]);
  for (const sequence of sequences) expect(text).not.toContain(sequence);
}
