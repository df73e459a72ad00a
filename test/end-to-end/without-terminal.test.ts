/** The program in pipes and scripts: what it prints, how it ends, and that it never takes a terminal that is not there. */
import { describe, expect } from 'vitest';
import { SkippingClock } from '../support/skipping-clock.ts';
import { eventsIn, type TrueEvent } from './log-truth.ts';
import { login } from './signed-in.ts';
import { at, scenario, test, trusting } from './stage.ts';

interface PrintedEvent {
  readonly id: string;
  readonly correlationId: string;
  readonly createdDateTime: string;
  readonly signUpStage: string;
}

function eventsOf(lines: readonly string[]): readonly PrintedEvent[] {
  return lines.map((line) => JSON.parse(line));
}

/** What a printed event and a true one have in common. */
function keyOf(event: PrintedEvent | TrueEvent): string {
  return 'id' in event
    ? `${event.correlationId} ${event.signUpStage} ${Date.parse(event.createdDateTime)}`
    : `${event.attempt.correlationId} ${event.stage} ${Math.floor(event.timeMs)}`;
}

describe.concurrent('without a terminal', scenario, () => {
  test('the browser exits with 2 and names what to use instead', async ({ stage }) => {
    const piped = stage.pipe(['--demo']);
    expect(await piped.end()).toBe(2);
    expect(piped.stdout).toBe('');
    expect(piped.stderr).toMatch(/\blist\b.*\btail\b/);
  });

  test('nor with only one half of it', async ({ stage }) => {
    // The shell stays until it is told to go: what was printed last is lost when a pseudo-terminal closes too early.
    const half = stage.startCommand([
      'sh',
      '-c',
      '"$@" | cat; echo over; read -r answer',
      'sh',
      ...stage.command(['--demo']),
    ]);
    await half.waitFor('over');
    expect(half.screen.text()).toMatch(/\blist\b.*\btail\b/);
    expect(half.output).not.toContain('\x1b[?1049h');
    const other = stage.startCommand([
      'sh',
      '-c',
      '"$@" < /dev/null; echo "code $?"; read -r answer',
      'sh',
      ...stage.command(['--demo']),
    ]);
    await other.waitFor('code 2');
    expect(other.output).not.toContain('\x1b[?1049h');
  });

  test('a command that needs a person ends with 3 and says what to do', async ({ stage }) => {
    const server = await stage.serve();
    const piped = stage.pipe(['list', ...at(server)], trusting(server));
    expect(await piped.end()).toBe(3);
    expect(piped.stdout).toBe('');
    expect(piped.stderr).toContain('entra-signups login');
  });

  test('list into head ends quietly with 0', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    const pipeline = ['bash', '-c', 'set -o pipefail; "$@" | head -n 1', 'bash'] as const;
    const list = ['list', '--since', '5d', '--limit', '0', '--page-size', '200', ...at(server)];
    const piped = stage.pipeCommand([...pipeline, ...stage.command(list)], trusting(server));
    expect(await piped.end()).toBe(0);
    expect(eventsOf(piped.lines)).toHaveLength(1);
    expect(piped.stderr).toBe('');
    // It stopped reading when nobody listened any more.
    const pages = server.requests().filter(({ to }) => to === 'graph').length;
    expect(pages).toBeLessThan(10);
  });

  test('list prints everything in the range, once, newest first', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    const toMs = Math.floor((Date.now() - 5_400_000) / 1000) * 1000;
    const fromMs = toMs - 3 * 3_600_000;
    const range = ['--since', new Date(fromMs).toISOString(), '--until', new Date(toMs).toISOString()];
    const piped = stage.pipe(['list', ...range, '--page-size', '100', ...at(server)], trusting(server));
    expect(await piped.end()).toBe(0);
    const expected = eventsIn(server.tenant, { fromMs, toMs, atMs: Date.now() });
    expect(expected.length).toBeGreaterThan(200);
    expect(eventsOf(piped.lines).map(keyOf)).toEqual(expected.map(keyOf));
  });
});

describe.concurrent('tail', scenario, () => {
  test('prints what turns up, late rows too, each once, until it is ended', async ({ stage }) => {
    const clock = new SkippingClock();
    const server = await stage.serve({ clock, ratePerMinute: 100 });
    await login(stage, server);
    const startMs = clock.now();
    const piped = stage.pipe(['tail', ...at(server)], trusting(server));
    const reads = () => server.requests().filter(({ to, status }) => to === 'graph' && status === 200).length;
    await piped.waitUntil(() => reads() > 0, 'nothing is read');
    const readMs = clock.now();

    // Two events that show in the wrong order: the one that happened first shows last.
    const soon = eventsIn(server.tenant, {
      fromMs: startMs - 120_000,
      toMs: startMs + 120_000,
      atMs: Number.POSITIVE_INFINITY,
    });
    const pairs = soon.flatMap((late) =>
      soon
        .filter(({ timeMs }) => timeMs > late.timeMs + 1_000)
        .filter(({ visibleAtMs }) => visibleAtMs > startMs + 30_000 && visibleAtMs < late.visibleAtMs - 20_000)
        .map((early) => ({ early, late })),
    );
    const [pair] = pairs.filter(({ late }) => late.visibleAtMs < startMs + 200_000);
    if (!pair) throw new Error('every event shows in order');
    const { early, late } = pair;
    const printed = () => eventsOf(piped.lines).map(keyOf);

    clock.skipTo(early.visibleAtMs + 1);
    await piped.waitUntil(() => printed().includes(keyOf(early)), 'the first is not printed');
    expect(printed()).not.toContain(keyOf(late));
    clock.skipTo(late.visibleAtMs + 1);
    await piped.waitUntil(() => printed().includes(keyOf(late)), 'the late one is not printed');

    const readsSoFar = reads();
    await piped.waitUntil(() => reads() > readsSoFar + 1, 'it does not go on reading');
    piped.child.kill('SIGTERM');
    expect(await piped.end()).toBe(143);
    expect(new Set(printed()).size).toBe(printed().length);
    const late4Min = ({ timeMs, visibleAtMs }: TrueEvent) => visibleAtMs - timeMs < 240_000;
    const turnedUp = eventsIn(server.tenant, { fromMs: startMs - 3_600_000, toMs: clock.now(), atMs: clock.now() })
      .filter(({ visibleAtMs }) => visibleAtMs >= startMs)
      .map(keyOf);
    expect(printed().filter((key) => !turnedUp.includes(key))).toEqual([]);
    // What shows very late is found by a slower beat; all else that showed until the last look but one is there.
    const due = eventsIn(server.tenant, { fromMs: startMs - 3_600_000, toMs: clock.now(), atMs: late.visibleAtMs })
      .filter((event) => event.visibleAtMs > readMs && late4Min(event))
      .map(keyOf);
    expect(due.filter((key) => !printed().includes(key))).toEqual([]);
    expect(due.length).toBeGreaterThan(4);
  });

  test('ends with 0 when its reader goes, and when its time is over', async ({ stage }) => {
    const server = await stage.serve({ ratePerMinute: 60 });
    await login(stage, server);
    const pipeline = ['bash', '-c', 'set -o pipefail; "$@" | head -n 1', 'bash'] as const;
    const tail = ['tail', '--since', '10m', ...at(server)];
    const cut = stage.pipeCommand([...pipeline, ...stage.command(tail)], trusting(server));
    expect(await cut.end()).toBe(0);
    expect(cut.lines).toHaveLength(1);
    expect(cut.stderr).toBe('');
    const timed = stage.pipe(['tail', '--for', '2s', ...at(server)], trusting(server));
    expect(await timed.end()).toBe(0);
  });
});
