/** What arrives at Graph and at the sign-in service while a person is busy: not too much, and tokens at Graph alone. */
import { describe, expect } from 'vitest';
import type { DemoServer } from '../support/demo-server.ts';
import { until } from '../support/until.ts';
import { shownCount } from './reading.ts';
import { startLive } from './signed-in.ts';
import { isForLog, scenario, test } from './stage.ts';

const WINDOW_MS = 10_000;
/** Requests that were sent 10 s apart may arrive a little closer together. */
const ON_THE_WAY_MS = 750;

/** The most requests to Graph that arrived in any ten seconds. */
function busiest(server: DemoServer): number {
  const times = server.requests().flatMap(({ to, atMs }) => (to === 'graph' ? [atMs] : []));
  return Math.max(
    ...times.map((from) => times.filter((t) => t >= from && t < from + WINDOW_MS - ON_THE_WAY_MS).length),
  );
}

function expectTokensAtGraphAlone(server: DemoServer): void {
  for (const { to, headers, url } of server.requests()) {
    expect(headers.authorization !== undefined, url).toBe(to === 'graph');
    expect(url).not.toContain('eyJ');
  }
}

describe.concurrent('requests', scenario, () => {
  test('stay below 5 in 10 seconds, whatever keys are held', async ({ stage }) => {
    const server = await stage.serve({ ratePerMinute: 30, eventsPerDay: 2_000, requestsPer10S: 5 });
    const terminal = await startLive(stage, server, ['--page-size', '100', '--since', '6h']);
    const { screen } = terminal;
    const graph = () => server.requests().filter(({ to }) => to === 'graph').length;
    const start = graph();
    let rounds = 0;
    while (graph() < start + 10) {
      rounds++;
      // Looking for news, paging to the end and beyond, and changing the filter, all at once.
      terminal.press('r'.repeat(50));
      terminal.press('.'.repeat(20));
      terminal.press('G');
      terminal.press('f \x1b[B \x1b[C \x1b[C X\x1b');
      const before = graph();
      await until(
        () => graph() > before,
        () => screen.text(),
      );
    }
    expect(rounds).toBeGreaterThan(3);
    expect(busiest(server)).toBeLessThanOrEqual(4);
    expect(server.requests().filter(({ status }) => status === 429)).toEqual([]);
    expect(shownCount(screen)).toBeGreaterThan(0);
    expectTokensAtGraphAlone(server);
  });

  for (const [kind, said] of [
    ['foreignNextLink', 'pointed to another server'],
    ['redirect', 'redirected to'],
  ] as const) {
    test(`follow no ${kind} to another server`, async ({ stage }) => {
      const server = await stage.serve({ eventsPerDay: 2_000 });
      const origin = server.loginUrl;
      const terminal = await startLive(stage, server, ['--page-size', '50', '--since', '1h']);
      const logins = () => server.requests().filter(({ to }) => to === 'login').length;
      const before = logins();
      const fault = kind === 'redirect' ? { kind, location: `${origin}/beta/auditLogs/signUps` } : { kind, origin };
      server.tenant.faults.always(fault, isForLog);
      terminal.press('r');
      await terminal.waitFor(said);
      expect(terminal.screen.text()).toContain(new URL(origin).host);
      expect(logins()).toBe(before);
      expectTokensAtGraphAlone(server);
    });
  }
});
