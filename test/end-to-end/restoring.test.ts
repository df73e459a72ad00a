/** The screen at the next start is as it was left; a query on the command line, R, logout and a damaged file each have their say. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { eventRows, hasRows, quit } from './reading.ts';
import { startLive } from './signed-in.ts';
import { at, scenario, test, trusting } from './stage.ts';

describe.concurrent('the view', scenario, () => {
  test('is as it was left, until something else is asked for', async ({ stage }) => {
    const server = await stage.serve();
    const again = (...args: string[]) => stage.start([...args, ...at(server)], { env: trusting(server) });

    const first = await startLive(stage, server);
    first.press('f ');
    await first.waitFor('outcome:failed');
    // The column of outcomes goes, the order is that of the codes.
    first.press('\rxj ');
    await first.waitFor('[ ] OUTCOME');
    first.press('jjjjjS\r');
    await first.waitFor('CODE ▲');
    expect(await quit(first)).toBe(0);
    const file = join(stage.home, 'data', 'entra-signups', 'views.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const second = again();
    await second.waitFor((screen) => hasRows(screen) && screen.text().includes('outcome:failed'));
    expect(second.screen.text()).toContain('CODE ▲');
    expect(second.screen.text()).not.toContain('OUTCOME');
    expect(eventRows(second.screen).length).toBeGreaterThan(3);
    expect(await quit(second)).toBe(0);

    // What is asked for goes before what was left; the columns stay.
    const asked = again('outcome:succeeded');
    await asked.waitFor((screen) => hasRows(screen) && screen.text().includes('outcome:succeeded'));
    expect(asked.screen.text()).not.toContain('outcome:failed');
    expect(asked.screen.text()).toContain('CODE ▲');
    expect(await quit(asked)).toBe(0);

    const third = again();
    await third.waitFor((screen) => hasRows(screen) && screen.text().includes('outcome:failed'));
    third.press('R');
    await third.waitFor((screen) => screen.text().includes(' no filter') && screen.text().includes('OUTCOME'));
    expect(third.screen.text()).toContain('[ brings the filter back');
    third.press('[');
    await third.waitFor('outcome:failed');
    expect(await quit(third)).toBe(0);

    const logout = stage.pipe(['logout', ...at(server)], trusting(server));
    expect(await logout.end()).toBe(0);
    const afterwards = await startLive(stage, server);
    expect(afterwards.screen.lines()[1]).toContain('no filter');
    expect(await quit(afterwards)).toBe(0);
  });

  test('whose file is damaged is said so in one line, and the file is kept', async ({ stage }) => {
    const server = await stage.serve();
    const first = await startLive(stage, server);
    first.press('t');
    expect(await quit(first)).toBe(0);
    const file = join(stage.home, 'data', 'entra-signups', 'views.json');
    writeFileSync(file, '{ not JSON');

    const terminal = stage.start(at(server), { env: trusting(server), columns: 200 });
    await terminal.waitFor('The saved view could not be used.');
    await terminal.waitFor(hasRows);
    expect(readFileSync(`${file}.corrupt`, 'utf8')).toBe('{ not JSON');
    expect(await quit(terminal)).toBe(0);
  });

  test('of the demo is not kept', async ({ stage }) => {
    const first = stage.start(['--demo']);
    await first.waitFor(hasRows);
    first.press('f \r');
    await first.waitFor('outcome:failed');
    expect(await quit(first)).toBe(0);
    const second = stage.start(['--demo']);
    await second.waitFor(hasRows);
    expect(second.screen.lines()[1]).toContain('no filter');
    expect(await quit(second)).toBe(0);
  });
});
