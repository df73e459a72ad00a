/** The whole main job in one go: sign in, watch, filter, open one attempt, and get through what goes wrong meanwhile. */
import { renderUnicodeCompact } from 'uqr';
import { describe, expect } from 'vitest';
import { stageLabel } from '../../src/signup/stages.ts';
import { SkippingClock } from '../support/skipping-clock.ts';
import { until } from '../support/until.ts';
import { expectGivenBack, startInFrame } from './frame.ts';
import { eventsIn, nextOfAnAttempt } from './log-truth.ts';
import { eventRows, hasRows, shownCount, userCodeOf } from './reading.ts';
import { at, isForLog, scenario, test, trusting } from './stage.ts';

describe('the main job', scenario, () => {
  test('sign in by code, watch, filter, open an attempt, see it grow, be throttled, lose the token, quit', async ({
    stage,
  }) => {
    const clock = new SkippingClock();
    const server = await stage.serve({ clock, ratePerMinute: 60 });
    const { tenant } = server;
    const terminal = startInFrame(stage, ['--since', '6h', ...at(server)], { env: trusting(server) });
    const { screen } = terminal;
    const asked = () => server.requests().filter(({ to }) => to === 'graph');

    // Sign in by code.
    await terminal.waitFor((shown) => userCodeOf(shown) !== null);
    const code = tenant.signIn.pending[0]?.userCode ?? '';
    expect(userCodeOf(screen)).toBe(code);
    // Alone on their lines but for the QR code at their side.
    const texts = screen.lines().map((line) => line.replaceAll(/[█▀▄]/g, '').trim());
    expect(texts).toContain(code);
    const address = 'https://microsoft.com/devicelogin';
    expect(texts).toContain(address);
    for (const line of renderUnicodeCompact(address, { border: 1 }).split('\n')) {
      expect(screen.text()).toContain(line.trimEnd());
    }
    expect(screen.text()).toMatch(/waiting for you, 1[45]:\d\d left/);
    // The code is in the clipboard already, and once more when asked for.
    const copies = () => terminal.output.split(`\x1b]52;c;${Buffer.from(code).toString('base64')}`).length - 1;
    await until(
      () => copies() === 1,
      () => 'the code is not copied',
    );
    terminal.press('c');
    await until(
      () => copies() === 2,
      () => 'c does not copy the code',
    );
    tenant.signIn.approve();

    // Rows appear, the newest first.
    await terminal.waitFor((shown) => hasRows(shown) && /● live/.test(shown.text()));
    expect(screen.lines()[0]).toContain(tenant.tenantDomain);
    const readAtMs = asked().at(-1)?.atMs ?? 0;
    const newest = eventsIn(tenant, { fromMs: readAtMs - 3_600_000, toMs: readAtMs, atMs: readAtMs })[0];
    expect(eventRows(screen)[0]).toContain(new Date(newest?.timeMs ?? 0).toISOString().slice(11, 19));

    // Filter by stepping.
    const everything = shownCount(screen) ?? 0;
    terminal.press('f');
    await terminal.waitFor(/▌ \[ \] failed +\d/);
    terminal.press(' ');
    await terminal.waitFor(/▌ \[x\] failed +\d/);
    await terminal.waitFor((shown) => eventRows(shown).every((row) => row.includes('✗ failed')));
    expect(screen.lines()[1]).toContain('outcome:failed');
    expect(shownCount(screen)).toBe(Number(/\[x\] failed +(\d+)/.exec(screen.text())?.[1]));
    expect(shownCount(screen)).toBeLessThan(everything);
    terminal.press('\x1b[D\x1b[D');
    await terminal.waitFor('CODE');
    terminal.press('X');
    await terminal.waitFor(' no filter');
    expect(shownCount(screen)).toBeGreaterThanOrEqual(everything);
    terminal.press('f');
    await terminal.waitFor((shown) => !shown.text().includes('asks Graph for'));

    // Open an attempt that is under way, and see it grow.
    const answered = () => asked().filter(({ status }) => status === 200).length;
    let next = nextOfAnAttempt(tenant, clock.now(), 30_000);
    while (next === null) {
      // At this hour few people sign up: the next ones are waited for.
      const before = answered();
      clock.skipTo(clock.now() + 15_000);
      terminal.press('r');
      await until(
        () => answered() > before + 1,
        () => screen.text(),
      );
      next = nextOfAnAttempt(tenant, clock.now() - 15_000, 45_000);
    }
    const { correlationId } = next.attempt;
    terminal.press(`/${correlationId}\r`);
    await terminal.waitFor((shown) => !shown.text().includes('search:'));
    terminal.press('\r');
    await terminal.waitFor(/Same correlation ID {2}1 event/);
    expect(screen.text()).toContain(correlationId);
    clock.skipTo(next.visibleAtMs + 1);
    await terminal.waitFor(/Same correlation ID {2}[2-9] events/);
    const nextTime = new Date(next.timeMs).toISOString().slice(11, 23);
    expect(screen.text()).toMatch(new RegExp(`${nextTime} +\\+\\S+ +\\S+ ${stageLabel(next.stage)}`));

    // Be throttled: it is said, the rows stay, and nothing is asked before the time is over.
    const beforeThrottling = shownCount(screen) ?? 0;
    tenant.faults.once({ kind: 'throttled', retryAfterS: 7 }, isForLog);
    await terminal.waitFor(/throttled, goes on in \d+ s/);
    expect(shownCount(screen)).toBeGreaterThanOrEqual(beforeThrottling);
    expect(eventRows(screen).length).toBeGreaterThan(0);
    await terminal.waitFor('● live');
    const refusedAt = asked().findIndex(({ status }) => status === 429);
    const afterwards = asked()[refusedAt + 1]?.atMs ?? 0;
    expect(afterwards - (asked()[refusedAt]?.atMs ?? 0)).toBeGreaterThanOrEqual(6_900);

    // Lose the token: the rows stay, and signing in again happens in place.
    tenant.signIn.expireTokens();
    tenant.signIn.revokeRefreshTokens();
    await terminal.waitFor('Signed out');
    expect(eventRows(screen).length).toBeGreaterThan(0);
    expect(shownCount(screen)).toBeGreaterThanOrEqual(beforeThrottling);
    terminal.press('L');
    await terminal.waitFor((shown) => userCodeOf(shown) !== null);
    expect(userCodeOf(screen)).not.toBe(code);
    expect(userCodeOf(screen)).toBe(tenant.signIn.pending[0]?.userCode);
    tenant.signIn.approve();
    await terminal.waitFor((shown) => hasRows(shown) && /● live/.test(shown.text()));
    expect(screen.text()).toContain(correlationId);

    // Quit, one layer after the other: search, pane, program.
    terminal.press('qq');
    await terminal.waitFor((shown) => !shown.text().includes('Same correlation ID'));
    terminal.press('q');
    await terminal.waitFor('Press q again to quit.');
    terminal.press('q');
    await expectGivenBack(terminal, 0);
  });
});
