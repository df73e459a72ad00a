/** One row that nobody could write again, or that is a thousand times as long as others: everything else goes on as ever. */
import { describe, expect } from 'vitest';
import { hasRows, quit } from './reading.ts';
import { login, startLive } from './signed-in.ts';
import { at, scenario, test, trusting } from './stage.ts';

/** Puts a field into the first row of a page. */
function withField(value: string): (json: string) => string {
  return (json) => json.replace('"value":[{', `"value":[{"somethingNew":${value},`);
}

const deep = withField(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
const long = withField(JSON.stringify('e\u0301ש\u202e'.repeat(250_000)));
const LEFT_OUT = 'a value was left out of the event';

describe.concurrent('a value of 5,000 levels', scenario, () => {
  test('takes nothing from list, and is told once', async ({ stage }) => {
    const server = await stage.serve({ rewritePage: deep });
    await login(stage, server);
    const program = stage.pipe(['list', ...at(server), '--since', '24h', '--limit', '0'], trusting(server));
    expect(await program.end()).toBe(0);
    const rows = program.lines.map((line) => JSON.parse(line));
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.find(({ somethingNew }) => somethingNew !== undefined)).toMatchObject({
      somethingNew: expect.stringContaining('left out by entra-signups'),
      createdDateTime: expect.any(String),
    });
    expect(program.stderr.split(LEFT_OUT)).toHaveLength(2);
    expect(program.stderr).toContain('somethingNew');
  });

  test('takes nothing from tail', async ({ stage }) => {
    const server = await stage.serve({ rewritePage: deep });
    await login(stage, server);
    const program = stage.pipe(['tail', '--since', '6h', ...at(server), '--output', 'csv'], trusting(server));
    await program.waitUntil(() => program.lines.length > 5, 'no rows');
    expect(program.stderr).toContain(LEFT_OUT);
    expect(program.stderr).not.toContain('RangeError');
  });

  test('takes nothing from the screen, which counts it', async ({ stage }) => {
    const server = await stage.serve({ rewritePage: deep });
    const terminal = await startLive(stage, server);
    expect(hasRows(terminal.screen)).toBe(true);
    await terminal.waitFor('events with a value too deep to be shown: ');
    terminal.press('g\r');
    await terminal.waitFor('Same correlation ID');
    terminal.press('\x1b');
    expect(await quit(terminal)).toBe(0);
  });
});

describe.concurrent('a value of a million characters', scenario, () => {
  for (const format of ['table', 'ndjson', 'json', 'csv']) {
    test(`holds up no ${format}`, async ({ stage }) => {
      const server = await stage.serve({ rewritePage: long });
      await login(stage, server);
      const program = stage.pipe(['list', ...at(server), '--limit', '0', '--output', format], trusting(server));
      expect(await program.end()).toBe(0);
      expect(program.stdout.length > 1_000_000).toBe(format !== 'table');
    });
  }

  test('holds up no key of the screen', async ({ stage }) => {
    const server = await stage.serve({ rewritePage: long });
    const terminal = await startLive(stage, server, [], { columns: 120, rows: 40 });
    terminal.press('g\r');
    await terminal.waitFor('Same correlation ID');
    terminal.press('\tG');
    await terminal.waitFor('more characters');
    terminal.press('\x1b/x\r');
    terminal.press('\x1b\x1b');
    expect(await quit(terminal)).toBe(0);
  });
});
