/** Events that Graph shows late, and more of them at once than fit into a page. */
import { expect } from 'vitest';
import { endsWell, type FaultClass, live, withRows } from './check.ts';
import type { Scene } from './lab/scene.ts';

const group = 'Late events';
const MINUTE_MS = 60_000;
/** The next poll shows it: it comes within 5 s, and this computer may be busy. */
const SOON_MS = 30_000;

async function showsLate(scene: Scene, minutes: number): Promise<void> {
  const { lab, background, mode } = scene;
  const running = scene.start();
  await running.shows(background);
  const visibleAtMs = lab.clock.now() + 5_000;
  const timeMs = visibleAtMs - minutes * MINUTE_MS;
  const n = lab.log.add(timeMs, visibleAtMs - timeMs);
  const expected = withRows(background, [n]);
  await running.shows(expected);
  expect(lab.clock.now() - visibleAtMs, mode).toBeLessThan(SOON_MS);
  const before = lab.asked.length;
  await running.until(() => lab.asked.length > before + 2, 'it does not go on');
  await running.shows(expected);
  await endsWell(scene, running);
}

/** Most requests that Graph allows this program in 10 s, and how long a burst takes at that pace, with some time to spare. */
const BURST = 150;
const PAGE = 10;
const MOST_MS = (BURST / PAGE / 4) * 10_000 * 3;

async function showsBurst(scene: Scene): Promise<void> {
  const { lab, background } = scene;
  const running = scene.start();
  await running.shows(background);
  const nowMs = lab.clock.now();
  const rows = Array.from({ length: BURST }, (_, index) => lab.log.add(nowMs - index * 20));
  await running.shows(withRows(background, rows));
  expect(lab.clock.now() - nowMs).toBeLessThan(MOST_MS);
  await endsWell(scene, running);
}

export const late: readonly FaultClass[] = [
  ...[1, 5, 20, 59].map((minutes) =>
    live(
      {
        group,
        title: `An event appears ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} late`,
        options: { speed: 2 },
        ...(minutes === 59 ? { fast: ['tail'] as const } : {}),
      },
      (scene) => showsLate(scene, minutes),
    ),
  ),
  live(
    { group, title: `${BURST} events appear at once, with pages of ${PAGE}`, options: { speed: 8, pageSize: PAGE } },
    showsBurst,
  ),
];
