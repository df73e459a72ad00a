/** The built program on its demo tenant: two processes, one after the other, tell the same of the same hours. */
import { describe, expect } from 'vitest';
import { createDemoTenant } from '../../src/demo/tenant.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { eventsIn } from './log-truth.ts';
import { scenario, test } from './stage.ts';

const HOUR_MS = 3_600_000;

describe('--demo', scenario, () => {
  test('is the same log in every process, whenever it is started', async ({ stage }) => {
    const toMs = Math.floor((Date.now() - 2 * HOUR_MS) / 1_000) * 1_000;
    const fromMs = toMs - 4 * HOUR_MS;
    const range = ['--since', new Date(fromMs).toISOString(), '--until', new Date(toMs).toISOString(), '--limit', '0'];
    const printed = async (...argv: readonly string[]) => {
      const program = stage.pipe([...argv, ...range]);
      expect(await program.end(), program.stderr).toBe(0);
      return program.stdout;
    };
    const first = await printed('list', '--demo=7');
    expect(await printed('list', '--demo=7')).toBe(first);
    expect(await printed('stats', '--demo=7')).toBe(await printed('stats', '--demo=7'));
    // And it is what a tenant of that seed knows that was made days ago.
    const tenant = createDemoTenant({ seed: '7', clock: new ManualClock(fromMs - 72 * HOUR_MS) });
    const known = eventsIn(tenant, { fromMs, toMs, atMs: Date.now() });
    const printedEvents = first
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect(printedEvents.map(({ correlationId, signUpStage }) => `${correlationId} ${signUpStage}`)).toEqual(
      known.map(({ attempt, stage: name }) => `${attempt.correlationId} ${name}`),
    );
    expect(known.length).toBeGreaterThan(200);
  });
});
