/** Graph refuses, fails, hangs up or dawdles: the screen says so, keeps what it has, and goes on. */
import { describe, expect } from 'vitest';
import type { Fault } from '../../src/demo/faults.ts';
import { until } from '../support/until.ts';
import type { VirtualTerminal } from '../support/virtual-terminal.ts';
import { eventsIn } from './log-truth.ts';
import { hasRows, isAtRow, placeOf, quit, shownCount } from './reading.ts';
import { startLive, startSignedIn } from './signed-in.ts';
import { isForLog, scenario, test } from './stage.ts';

/** The words on the screen, wherever its lines break. */
function wordsOf(screen: VirtualTerminal): string {
  return screen.text().replaceAll(/\s+/g, ' ');
}

/** The end of the time range that an address asks Graph for. */
function latestAskedFor(url = ''): number {
  const filter = new URL(url).searchParams.get('$filter') ?? '';
  return Date.parse(/createdDateTime le ([^ ]+)/.exec(filter)?.[1] ?? '');
}

describe.concurrent('a refusal says what to do, and the program keeps running', scenario, () => {
  const refusals: readonly [Extract<Fault, { kind: 'forbidden' }>['reason'], title: string, todo: string][] = [
    ['licence', 'Licence: this tenant may not read its activity logs', 'consent to Directory.Read.All'],
    ['role', 'Role: your account has no directory role', 'Have the role Reports Reader assigned to you'],
    ['permission', 'Consent: this sign-in lacks a permission', 'consent to AuditLog.Read.All'],
  ];

  for (const [reason, title, todo] of refusals) {
    test(`for want of a ${reason}`, async ({ stage }) => {
      const server = await stage.serve();
      const remedy = server.tenant.faults.always({ kind: 'forbidden', reason }, isForLog);
      const terminal = await startSignedIn(stage, server);
      await terminal.waitFor((screen) => wordsOf(screen).includes(title));
      expect(wordsOf(terminal.screen)).toContain(todo);
      terminal.press('?');
      await terminal.waitFor('one row down (older)');
      terminal.press('\x1b');
      await terminal.waitFor((screen) => wordsOf(screen).includes(title));
      remedy();
      terminal.press('r');
      await terminal.waitFor(hasRows);
      expect(wordsOf(terminal.screen)).not.toContain(title);
      expect(await quit(terminal)).toBe(0);
    });
  }
});

describe.concurrent('what fails is tried again by itself', scenario, () => {
  const faults: readonly [name: string, fault: Fault, said: RegExp][] = [
    [
      'an error of the server',
      { kind: 'serverError', status: 503, body: 'html' },
      /cannot answer just now \(HTTP 503\)/,
    ],
    ['a connection that is dropped', { kind: 'dropped' }, /The connection to Microsoft Graph was dropped/],
    ['a connection that is dropped in the middle', { kind: 'droppedBody' }, /not an answer of Microsoft Graph/],
    ['a page of somebody else', { kind: 'notJson' }, /not an answer of Microsoft Graph/],
  ];

  for (const [name, fault, said] of faults) {
    test(name, async ({ stage }) => {
      const server = await stage.serve();
      const terminal = await startLive(stage, server);
      const count = shownCount(terminal.screen);
      server.tenant.faults.once(fault, isForLog);
      await terminal.waitFor((screen) => said.test(wordsOf(screen)));
      expect(terminal.screen.text()).toMatch(/failed, again in \d+ s/);
      expect(hasRows(terminal.screen)).toBe(true);
      await terminal.waitFor(' live, next in ');
      expect(wordsOf(terminal.screen)).not.toMatch(said);
      expect(shownCount(terminal.screen)).toBeGreaterThanOrEqual(count ?? 0);
    });
  }
});

describe.concurrent('reading goes on', scenario, () => {
  test('when Graph takes a page token back: nothing is lost and nothing is doubled', async ({ stage }) => {
    const server = await stage.serve();
    const { tenant } = server;
    const hourMs = 3_600_000;
    const toMs = Math.floor((Date.now() - 1.5 * hourMs) / 1000) * 1000;
    const fromMs = toMs - 3 * hourMs;
    const range = ['--since', new Date(fromMs).toISOString(), '--until', new Date(toMs).toISOString()];
    const pages = () => server.requests().filter(({ to }) => to === 'graph');
    const isNextPage = ({ url }: Request) => new URL(url).searchParams.has('$skiptoken');
    tenant.faults.once({ kind: 'invalidSkipToken' }, isNextPage);
    const terminal = await startSignedIn(stage, server, [...range, '--page-size', '150']);
    const expected = eventsIn(tenant, { fromMs, toMs, atMs: Date.now() }).length;
    await terminal.waitFor((screen) => shownCount(screen) === expected && !screen.text().includes('older'));
    expect(expected).toBeGreaterThan(200);
    // What was refused is asked for anew at once, from the oldest row that is held.
    const refused = pages().findIndex(({ status }) => status === 400);
    const first = pages()[0];
    const next = pages()[refused + 1];
    expect(isNextPage(new Request(next?.url ?? ''))).toBe(false);
    expect(latestAskedFor(next?.url)).toBeLessThan(latestAskedFor(first?.url) - 1_000);
    expect((next?.atMs ?? 0) - (pages()[refused]?.atMs ?? 0)).toBeLessThan(4_500);
    expect(pages().filter(({ status }) => status !== 200)).toHaveLength(1);
    terminal.press('G');
    await terminal.waitFor(isAtRow(expected));
    expect(placeOf(terminal.screen)).toEqual({ row: expected, of: expected });
  });

  test('after Graph asked to wait, whatever it was asked for: it is said', async ({ stage }) => {
    const server = await stage.serve();
    const terminal = await startLive(stage, server, ['--since', '6h', 'outcome:failed']);
    const isAboutAttempt = ({ url }: Request) => decodeURIComponent(url).includes('correlationId');
    server.tenant.faults.once({ kind: 'throttled', retryAfterS: 8 }, isAboutAttempt);
    terminal.press('\r');
    await terminal.waitFor('Same correlation ID');
    await terminal.waitFor(/throttled, goes on in \d+ s/);
    await terminal.waitFor(/Same correlation ID .* as of \d\d:/);
    await terminal.waitFor(' live, next in ');
  });

  test('while an answer is slow, keys are answered', async ({ stage }) => {
    const server = await stage.serve();
    const terminal = await startLive(stage, server);
    const waiting = () => server.requests().findLast(({ url }) => url.includes('/auditLogs/signUps'));
    const before = waiting();
    server.tenant.faults.once({ kind: 'slow', delayMs: 120_000 }, isForLog);
    terminal.press('r');
    await until(
      () => waiting() !== before,
      () => 'r asks for nothing',
    );
    terminal.press('jjj');
    await terminal.waitFor(isAtRow(4));
    terminal.press('\r');
    await terminal.waitFor('Same correlation ID');
    terminal.press('\x1b');
    await terminal.waitFor((screen) => !screen.text().includes('Same correlation ID'));
    expect(waiting()?.status).toBeNull();
    expect(await quit(terminal)).toBe(0);
    expect(waiting()?.status).toBeNull();
  });
});
