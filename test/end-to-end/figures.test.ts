/** The screen of figures in a terminal and `stats` in a pipe, each a process of its own: the same range has the same figures. */
import { describe, expect } from 'vitest';
import { percentText } from '../../src/figures/words.ts';
import type { Statistics } from '../../src/headless/statistics.ts';
import { stageLabel } from '../../src/signup/stages.ts';
import { scenario, test } from './stage.ts';

const HOUR_MS = 3_600_000;

describe('the figures of a range', scenario, () => {
  test.for<[seed: string, agoHours: number, hours: number, query: readonly string[]]>([
    ['3', 3, 2, []],
    ['11', 9, 6, []],
    ['7', 5, 4, ['account:local']],
  ])(
    'of the demo with seed %s, ended %i hours ago, %i hours long, are the same on the screen and in print',
    async ([seed, agoHours, hours, query], { stage }) => {
      const toMs = Math.floor(Date.now() / 60_000) * 60_000 - agoHours * HOUR_MS;
      const range = [
        '--since',
        new Date(toMs - hours * HOUR_MS).toISOString(),
        '--until',
        new Date(toMs).toISOString(),
      ];
      const printed = stage.pipe([
        'stats',
        `--demo=${seed}`,
        ...range,
        '--compare',
        '--limit',
        '0',
        '--output',
        'json',
        ...query,
      ]);
      expect(await printed.end(), printed.stderr).toBe(0);
      const stats: Statistics = JSON.parse(printed.stdout);
      const { attempts, created, failed, noFurtherEvent, inProgress, conversion, compare } = stats;
      expect(attempts).toBeGreaterThan(20);

      const terminal = stage.start([`--demo=${seed}`, ...range, ...query], { rows: 70 });
      await terminal.waitFor(/ \d+ shown/);
      terminal.press('i');
      await terminal.waitFor(new RegExp(`range before: ${compare?.before.attempts}\\b`));
      terminal.press('L');
      await terminal.waitFor(new RegExp(` ${attempts} attempts by ${stats.people} people `));
      const text = terminal.screen.text();
      expect(text).toContain(`conversion ${percentText(conversion)} of ${attempts - inProgress} finished`);
      expect(text).toContain(
        `${attempts} attempts   ${created} created   ${failed} failed   ${noFurtherEvent} no further event   ${inProgress} in progress`,
      );
      for (const { stage: name, reached, lost, dropOff } of stats.stages.filter((each) => each.reached > 0)) {
        expect(text).toMatch(new RegExp(`${stageLabel(name)} +${reached} +${lost} +${percentText(dropOff)}`));
      }
      const { hits = 0, of = 0 } = compare?.conversion?.now ?? {};
      expect(text).toContain(`people with an account within 30 min: ${percentText(hits / of)} of ${of}, before`);
    },
  );
});
