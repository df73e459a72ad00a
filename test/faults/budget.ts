/** Graph's limit, as Graph counts: requests that arrive, from all processes of a user together. */
import { expect } from 'vitest';
import { endsWell, everywhere, type FaultClass } from './check.ts';
import type { Lab } from './lab/lab.ts';
import type { Running, Scene } from './lab/scene.ts';

const group = 'Request budget';
const SPEED = 4;
/** Graph's window, less what requests may arrive closer together than they were sent: a moment, times the speed. */
const WINDOW_MS = 10_000 - SPEED * 100;

function busiest({ arrivals }: Lab): number {
  return Math.max(0, ...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + WINDOW_MS).length));
}

async function staysWithin(scene: Scene): Promise<void> {
  const running = scene.start();
  await running.shows(scene.background);
  await endsWell(scene, running);
  expect(busiest(scene.lab)).toBeLessThanOrEqual(4);
}

/** Others that read at the same time. */
async function sharesWithOthers(scene: Scene): Promise<void> {
  const { lab, mode, background } = scene;
  const others: readonly Running[] = (['list', 'stats', 'tail'] as const)
    .filter((other) => other !== mode)
    .map((other) => scene.startMode(other, ['--since', '3h']));
  const running = scene.start();
  await running.shows(background);
  await Promise.all(others.map((other) => other.shows(background)));
  await endsWell(scene, running);
  expect(busiest(lab)).toBeLessThanOrEqual(4);
}

export const budget: readonly FaultClass[] = [
  everywhere(
    {
      group,
      title: 'One process reads many small pages: at most 4 requests in 10 s',
      options: { speed: SPEED, pageSize: 5 },
      fast: ['list'],
    },
    staysWithin,
  ),
  everywhere(
    {
      group,
      title: 'Several processes read side by side: at most 4 requests in 10 s together',
      options: { speed: SPEED, pageSize: 20 },
    },
    sharesWithOthers,
  ),
];
