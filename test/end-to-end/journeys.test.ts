/**
 * Two mornings of an admin, from the question to its answer: every key is counted and says what it is for, and so is every
 * request that Graph gets meanwhile.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { createDemoTenant } from '../../src/demo/tenant.ts';
import { explainCode } from '../../src/signup/codes.ts';
import { outcomeOf } from '../../src/signup/outcome.ts';
import { stageLabel } from '../../src/signup/stages.ts';
import type { DemoServer } from '../support/demo-server.ts';
import { ManualClock } from '../support/manual-clock.ts';
import type { PseudoTerminal, Wanted } from '../support/pseudo-terminal.ts';
import { until } from '../support/until.ts';
import type { VirtualTerminal } from '../support/virtual-terminal.ts';
import { eventRows, hasRows, isAllRead, quit } from './reading.ts';
import { startLive } from './signed-in.ts';
import { scenario, test } from './stage.ts';

const HOUR_MS = 3_600_000;

/** Somebody whose newest attempt of several failed, and was there to be read before the tenant was served. */
function unlucky({ tenant }: DemoServer, nowMs: number) {
  const attempts = tenant.truth.attempts({ fromMs: nowMs - 24 * HOUR_MS, toMs: nowMs });
  const isRead = ({ stages }: (typeof attempts)[number]) => stages.every(({ visibleAtMs }) => visibleAtMs < nowMs);
  // Nobody knows who was sent to an identity provider and did not come back.
  const isFoundByAddress = ({ account }: (typeof attempts)[number]) => account === 'local';
  const people = new Map<string, (typeof attempts)[number][]>();
  for (const attempt of attempts) people.set(attempt.identifier, [...(people.get(attempt.identifier) ?? []), attempt]);
  const found = [...people].filter(
    ([identifier, own]) =>
      /^[\w.]+@[\w.]+$/.test(identifier) &&
      own.length > 1 &&
      own.every((attempt) => isRead(attempt) && isFoundByAddress(attempt)) &&
      own.at(-1)?.outcome === 'failed',
  );
  const [identifier, own] = found.at(-1) ?? ['', []];
  return { identifier, attempts: own.toReversed() };
}

/** Few others, and nobody new. */
const quietly = { eventsPerDay: 300, ratePerMinute: 0 } as const;

/** The last hours in which the extension of one application failed at `nowMs` or before, in order of time. */
function failuresOfExtension({ incidentsBetween }: DemoServer['tenant']['truth'], nowMs: number) {
  return incidentsBetween(nowMs - 8 * HOUR_MS, nowMs).filter(({ kind }) => kind === 'extensionFailure');
}

/** The codes of the newest failures that the log shows at `nowMs`. */
function newestFailures({ attempts }: DemoServer['tenant']['truth'], nowMs: number): readonly number[] {
  const stages = attempts({ fromMs: nowMs - HOUR_MS, toMs: nowMs }).flatMap((attempt) => attempt.stages);
  const failures = stages.filter(
    ({ errorCode, visibleAtMs }) => visibleAtMs < nowMs && ['failed', 'unknown'].includes(outcomeOf(errorCode)),
  );
  return failures.sort((a, b) => b.timeMs - a.timeMs).map(({ errorCode }) => errorCode);
}

/**
 * A tenant in which it has failed for more than an hour at `nowMs`, goes on to, and did not fail in the hours before; the
 * last who failed did so by it.
 */
function seedWithExtensionDown(nowMs: number): string {
  for (let seed = 0; seed < 2_000; seed++) {
    const { truth } = createDemoTenant({ seed: String(seed), clock: new ManualClock(nowMs) });
    const [failure, ...others] = failuresOfExtension(truth, nowMs);
    const isOn = failure && failure.fromMs < nowMs - HOUR_MS && failure.toMs > nowMs + HOUR_MS / 12;
    if (!isOn || others.length > 0) continue;
    const served = createDemoTenant({ ...quietly, seed: String(seed), clock: new ManualClock(nowMs) });
    if (newestFailures(served.truth, nowMs)[0] === 1003005) return String(seed);
  }
  throw new Error('no tenant has its extension down now');
}

/** Presses keys one after the other, each when the one before has shown what it is for, and counts them. */
class Hand {
  readonly #terminal: PseudoTerminal;
  keys = 0;

  constructor(terminal: PseudoTerminal) {
    this.#terminal = terminal;
  }

  async press(key: string, shows: Wanted): Promise<void> {
    this.keys++;
    this.#terminal.press(key);
    await this.#terminal.waitFor(shows);
  }
}

/** What was copied last by OSC 52; null while nothing was, or not all of it has arrived. */
function copied({ output }: PseudoTerminal): string | null {
  const [first, ...sequences] = output.split('\x1b]52;c;');
  const [base64 = '', ...rest] = sequences.at(-1)?.split('\x07') ?? [];
  return first === output || rest.length === 0 ? null : Buffer.from(base64, 'base64').toString();
}

function rowOfCursor(screen: VirtualTerminal): string {
  return screen.lines().find((line) => line.startsWith('▌')) ?? '';
}

describe.concurrent('from the question to the answer', scenario, () => {
  test('"I cannot sign up": her address, her attempts, the newest one, and the text for the ticket', async ({
    stage,
  }) => {
    const server = await stage.serve();
    const terminal = await startLive(stage, server, [], { interval: '5m' });
    await terminal.waitFor(isAllRead);
    const { screen } = terminal;
    const { identifier, attempts } = unlucky(server, Date.now());
    const [newest] = attempts;
    const last = newest?.stages.at(-1);
    if (!newest || !last) throw new Error('nobody failed');
    const code = explainCode(last.errorCode);
    const asked = () => server.requests().filter(({ to }) => to === 'graph').length;
    const hand = new Hand(terminal);
    const askedBefore = asked();

    terminal.press(`\x1b[200~${identifier}\x1b[201~`);
    await terminal.waitFor(`user:${identifier}`);
    // 1: yes, that is whom I mean.
    await hand.press('\r', (shown) => {
      const rows = eventRows(shown);
      return rows.length > 1 && rows.every((row) => row.includes(identifier.slice(0, 8)));
    });
    // 2: what she did, one line for each time that she tried.
    await hand.press('a', `${attempts.length} attempts in `);
    const started = (attempt: (typeof attempts)[number]) =>
      new Date(attempt.stages[0]?.timeMs ?? 0).toISOString().slice(11, 19);
    const rows = eventRows(screen);
    expect(rows.map((row) => /\d\d:\d\d:\d\d/.exec(row)?.[0])).toEqual(attempts.map(started));
    expect(rowOfCursor(screen)).toContain(started(newest));
    // 3: what became of the last one.
    await hand.press('\r', 'Same correlation ID');
    const answer = screen.text();
    expect(askedBefore + 2).toBeGreaterThanOrEqual(asked());
    expect(answer).toContain(`✗ failed at ${stageLabel(last.stage)}`);
    for (const { stage: name, timeMs } of newest.stages) {
      expect(answer).toMatch(new RegExp(`${new Date(timeMs).toISOString().slice(11, 23)} .*${stageLabel(name)}`));
    }
    const flat = paneText(screen);
    expect(flat).toContain(code.explanation);
    expect(flat).toContain(code.todo);
    expect(flat).toContain(`number ${attempts.length} of ${attempts.length} by this person`);
    // 4 and 5: all of it, for the ticket.
    await hand.press('c', 'text for a ticket');
    await hand.press('t', () => (copied(terminal) ?? '').startsWith('Sign-up:'));
    const ticket = copied(terminal) ?? '';
    for (const word of [identifier, newest.correlationId, code.meaning, last.stage, newest.appId]) {
      expect(ticket).toContain(word);
    }
    expect(hand.keys).toBeLessThanOrEqual(5);
    expect(await quitAll(terminal)).toBe(0);
  });

  test('"sign-ups are down": since when, with which code, where, how many, which extension, and it goes on being watched', async ({
    stage,
  }) => {
    const seed = seedWithExtensionDown(Date.now());
    const server = await stage.serve({ ...quietly, seed });
    const extensionFailure = failuresOfExtension(server.tenant.truth, Date.now()).at(-1);
    if (!extensionFailure) throw new Error('the extension does not fail');
    const terminal = await startLive(stage, server);
    const { screen } = terminal;
    const hand = new Hand(terminal);

    // 1: what happens now.
    await hand.press('3', (shown) => shown.text().includes('● live') && hasRows(shown));
    // 2: when it began, and with what; the four hours before are read for that.
    const failure = new RegExp(
      `new(?:, [a-z ]+)?: (\\d+) extension .*, ${extensionFailure.appName}, attributes\\s+(\\d+) since (?:\\w+ )?([\\d:]+)`,
    );
    await hand.press('i', failure);
    const [, code = '', count = '', since = ''] = failure.exec(screen.text()) ?? [];
    const sinceMs = timeOfDay(since, extensionFailure.fromMs);
    expect(sinceMs).toBeGreaterThan(extensionFailure.fromMs - HOUR_MS / 12);
    expect(sinceMs).toBeLessThan(extensionFailure.fromMs + HOUR_MS / 2);
    expect(Number(count)).toBeGreaterThan(10);
    expect(screen.text()).toContain('none before');
    // 3: what it looks like over time.
    await hand.press('G', /▌ attempts/);
    expect(barsOf(screen, 'failed').slice(-10)).toMatch(/[▂-█]/);
    // 4: back to the rows.
    await hand.press('i', hasRows);
    // 5, and 6 or 7 when somebody else failed just now: the first real failure of it.
    for (let press = 0; press < 3 && !rowOfCursor(screen).includes(code); press++) {
      const before = rowOfCursor(screen);
      await hand.press('e', (shown) => rowOfCursor(shown) !== before && rowOfCursor(shown).includes('✗ failed'));
    }
    expect(rowOfCursor(screen)).toContain(code);
    // Two for the code,
    await hand.press('+', `error`);
    await hand.press('\r', `error:${code}`);
    await terminal.waitFor((shown) => hasRows(shown) && eventRows(shown).every((row) => row.includes(code)));
    // three for the application,
    await hand.press('+', 'app ');
    await hand.press('j', /▌ app /);
    await hand.press('\r', `app:"${extensionFailure.appName}"`);
    // one for people instead of events, and one for all about the first of them.
    await hand.press('a', 'attempts in ');
    await hand.press('\r', 'Same correlation ID');
    await terminal.waitFor(/→ attributeCollection\w+ →/);
    expect(paneText(screen)).toMatch(
      /Others \d+ other people with this code at this application in the last hour \(\d+ the hour before\)/,
    );
    await hand.press('\x1b', (shown) => !shown.text().includes('Same correlation ID'));
    // Three and a name, to come back to it; a fourth takes it again.
    await hand.press('P', 'Presets');
    await hand.press('S', 'name');
    terminal.press('extension down');
    await hand.press('\r', 'Saved as "extension down"');
    expect(hand.keys).toBeLessThanOrEqual(18);
    const settings = await readFile(join(stage.home, 'config', 'entra-signups', 'config.toml'), 'utf8');
    expect(settings).toContain(`error:${code} app:"${extensionFailure.appName}"`);
    // And it goes on being watched.
    const asked = server.requests().length;
    await until(
      () => server.requests().length > asked,
      () => screen.text(),
    );
    await terminal.waitFor('● live');
    expect(await quit(terminal)).toBe(0);
  });
});

/** The moment of the day at the clock time (UTC) that comes next after an hour before `nearMs`. */
function timeOfDay(clock: string, nearMs: number): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  const dayMs = 24 * HOUR_MS;
  const midnightMs = Math.floor((nearMs - HOUR_MS) / dayMs) * dayMs;
  const atMs = midnightMs + ((hours * 60 + minutes) * 60 + seconds) * 1000;
  return atMs < nearMs - HOUR_MS ? atMs + dayMs : atMs;
}

function barsOf(screen: VirtualTerminal, name: string): string {
  return (
    screen
      .lines()
      .find((line) => line.startsWith(`  ${name} `))
      ?.slice(13) ?? ''
  );
}

/** The text at the left of the pane, without its breaks. */
function paneText(screen: VirtualTerminal): string {
  return screen
    .lines()
    .map((line) => (line.split(' │')[0] ?? '').trim())
    .join(' ')
    .replaceAll(/ +/g, ' ');
}

/** Out of the pane, and out of the program. */
async function quitAll(terminal: PseudoTerminal): Promise<number> {
  terminal.press('\x1b');
  await terminal.waitFor((screen) => !screen.text().includes('Same correlation ID'));
  return quit(terminal);
}
