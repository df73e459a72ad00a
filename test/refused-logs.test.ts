/** The other logs in the pane, in the whole program: refused one by one, away for a while, and asked no more than is needed. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../src/demo/faults.ts';
import { SeededRandom } from '../src/demo/random.ts';
import { glyphsOf } from '../src/ui/glyphs.ts';
import { paneLines } from '../src/ui/pane-lines.ts';
import { startProgram, type WholeProgram } from './support/whole-program.ts';

const logs = {
  'sign-in log': /\/auditLogs\/signIns$/,
  'audit log': /\/auditLogs\/directoryAudits$/,
  'provisioning log': /\/auditLogs\/provisioning$/,
} as const;
type LogWords = keyof typeof logs;
const names = Object.keys(logs) as LogWords[];

let running: WholeProgram | null = null;
afterEach(async () => {
  await running?.end();
  running = null;
});

/** The attempts of the last hours, and the pane open on the first that made an account long enough ago for all to be told. */
async function startAtCreated(): Promise<WholeProgram> {
  const draw = new SeededRandom('refused', 1);
  running = await startProgram(1, () => draw.unit());
  const { press, clock } = running;
  await clock.advance(30_000);
  await press('a g');
  await toNextCreated(running);
  for (let row = 0; row < 60; row++) await toNextCreated(running);
  await press('enter');
  return running;
}

/** To the next attempt that made an account, down if no other key is said. */
async function toNextCreated({ press, store }: WholeProgram, key = 'j'): Promise<void> {
  for (let row = 0; row < 100; row++) {
    await press(key);
    const { log, table } = store.getState();
    if (log.attempts.of(log.positionOf(table.cursorId ?? ''))?.shape.end === 'created') return;
  }
  throw new Error('nobody made an account');
}

/** All of the pane, on a screen that is high enough for it; one text without breaks. */
function paneOf({ store }: WholeProgram): string {
  const state = { ...store.getState(), size: { columns: 90, rows: 300 } };
  return paneLines(state, glyphsOf(false))
    .map((line) =>
      line
        .map(({ text }) => text)
        .join('')
        .trim(),
    )
    .join(' ');
}

/** Puts the fault on one log, and counts how often that is asked. */
function faulty({ tenant }: WholeProgram, name: LogWords, fault: Fault) {
  const asked = { count: 0 };
  const mend = tenant.faults.always(fault, (request) => {
    const fits = logs[name].test(new URL(request.url).pathname);
    if (fits) asked.count++;
    return fits;
  });
  return { asked, mend };
}

function timesOf({ store }: WholeProgram): readonly number[] {
  return store.getState().calls.map(({ atMs }) => atMs);
}

function busiest(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 10_000).length));
}

/** The words of the pane about each log, and how many logs are missing. */
function missing(pane: string): readonly LogWords[] {
  return names.filter((name) => pane.includes(`The ${name} could not be read:`));
}

describe('while one of the other logs', () => {
  const refusals = [
    ['licence', { kind: 'forbidden', reason: 'licence' }, 'Add a licence to the tenant'],
    ['role', { kind: 'forbidden', reason: 'role' }, 'Have the role Reports Reader assigned to you'],
    ['consent', { kind: 'forbidden', reason: 'permission' }, 'consent to AuditLog.Read.All and sign in again'],
    [
      'privileges',
      { kind: 'forbidden', reason: 'privileges' },
      'consent to AuditLog.Read.All, have the role Reports Reader assigned',
    ],
  ] as const;

  it.each(names.flatMap((name) => refusals.map(([reason, fault, todo]) => ({ name, reason, fault, todo }))))(
    'the $name is refused ($reason), it says so once with what to do, and is not asked again for other attempts',
    async ({ name, fault, todo }) => {
      const program = await startAtCreated();
      const { asked } = faulty(program, name, fault);
      await program.clock.advance(30_000);
      const pane = paneOf(program);
      expect(missing(pane)).toEqual([name]);
      expect(pane.split('could not be read')).toHaveLength(2);
      expect(pane).toContain(todo);
      expect(pane).not.toContain('asking');
      if (name !== 'audit log') expect(pane).toContain('Add user');
      if (name !== 'sign-in log') expect(pane).toContain('sign-in to ');
      const first = asked.count;
      expect(first).toBeGreaterThan(0);
      for (let row = 0; row < 5; row++) {
        await toNextCreated(program);
        await program.clock.advance(20_000);
        expect(missing(paneOf(program))).toEqual([name]);
      }
      expect(asked.count).toBe(first);
      expect(busiest(timesOf(program))).toBeLessThanOrEqual(4);
    },
  );

  it.each(names)('the %s is away for a while, the others are there, and so is it when it is back', async (name) => {
    const program = await startAtCreated();
    const { mend } = faulty(program, name, { kind: 'serverError', status: 503, body: 'json' });
    await program.clock.advance(120_000);
    const pane = paneOf(program);
    expect(missing(pane)).toEqual([name]);
    expect(pane.split('could not be read')).toHaveLength(2);
    expect(pane).toContain('Try again later');
    if (name !== 'audit log') expect(pane).toContain('Add user');
    mend();
    await toNextCreated(program);
    await program.clock.advance(30_000);
    expect(missing(paneOf(program))).toEqual([]);
    // Of the attempt of which it could not be read it is asked again.
    await toNextCreated(program, 'k');
    await program.clock.advance(90_000);
    expect(missing(paneOf(program))).toEqual([]);
    expect(busiest(timesOf(program))).toBeLessThanOrEqual(4);
  });

  it('all of them are refused, each is named once, and the sign-ups stay', async () => {
    const program = await startAtCreated();
    for (const name of names) faulty(program, name, { kind: 'forbidden', reason: 'role' });
    await program.clock.advance(30_000);
    const pane = paneOf(program);
    expect(missing(pane)).toEqual(names);
    expect(pane.split('could not be read')).toHaveLength(4);
    expect(pane).toMatch(/Same correlation ID {2}\d+ events/);
  });
});

describe('a key that is held', () => {
  it('asks for nothing of the attempts that it passes, and for all of the one where it stops', async () => {
    const program = await startAtCreated();
    const { clock, press, store } = program;
    await clock.advance(30_000);
    const isOfAttempt = (url: string) => /correlationId|userId|sourceIdentity/.test(decodeURIComponent(url));
    const ofAttempts = () => store.getState().calls.filter(({ url }) => isOfAttempt(url)).length;
    const before = ofAttempts();
    expect(before).toBeGreaterThan(0);
    for (let row = 0; row < 100; row++) {
      await press('j');
      await clock.advance(33);
    }
    expect(ofAttempts()).toBe(before);
    await clock.advance(30_000);
    expect(ofAttempts()).toBeGreaterThanOrEqual(before + 2);
    expect(ofAttempts()).toBeLessThanOrEqual(before + 4);
    expect(paneOf(program)).not.toContain('asking');
  });
});
