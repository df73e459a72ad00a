/** Clocks that are wrong: this computer's, or Graph's. */
import { expect } from 'vitest';
import { completes, endsWell, everywhere, type FaultClass, live, withRows } from './check.ts';
import type { Scene } from './lab/scene.ts';

const group = 'Clocks';
const HOUR_MS = 3_600_000;
const SPEED = 8;

function fast(aheadMs: number) {
  return { speed: SPEED, aheadMs };
}

/** A poll every 5 s, and what is lost to a busy computer. */
const SOON_MS = 40_000;

/** The clock is set while it runs: what happens afterwards is shown, and soon. */
async function staysLive(scene: Scene, setByMs: number): Promise<void> {
  const { lab, background } = scene;
  const running = scene.start();
  await running.shows(background);
  await scene.setClock(running.pid, setByMs);
  const n = lab.log.add(lab.clock.now());
  const addedMs = lab.clock.now();
  await running.shows(withRows(background, [n]));
  expect(lab.clock.now() - addedMs).toBeLessThan(SOON_MS);
  const askedMs = lab.asked.length;
  await running.until(() => lab.asked.length > askedMs + 1, 'no more polls');
  await endsWell(scene, running);
}

const whileItRuns = { speed: 2 };

export const clocks: readonly FaultClass[] = [
  everywhere(
    { group, title: "This computer's clock is 3 hours fast", options: fast(3 * HOUR_MS), fast: ['list', 'tail'] },
    completes({ told: /clock is (3 h|2 h 59 min|3 h 1 min) ahead of Graph's; using Graph's/ }),
    { trace: completes() },
  ),
  everywhere(
    { group, title: "This computer's clock is 3 hours slow", options: fast(-3 * HOUR_MS), fast: ['stats'] },
    completes({ told: /clock is (3 h|2 h 59 min|3 h 1 min) behind Graph's; using Graph's/ }),
    { trace: completes() },
  ),
  live(
    {
      group,
      title: "This computer's clock is set back by an hour while it runs",
      options: whileItRuns,
      fast: ['tail'],
    },
    (scene) => staysLive(scene, -HOUR_MS),
  ),
  live(
    { group, title: "This computer's clock is set forward by an hour while it runs", options: whileItRuns },
    (scene) => staysLive(scene, HOUR_MS),
  ),
  everywhere(
    { group, title: "Graph's own clock (Date) is 3 hours fast", options: { speed: SPEED } },
    completes({
      prepare: ({ lab }) => {
        lab.graphAheadMs = 3 * HOUR_MS;
      },
    }),
  ),
  everywhere(
    { group, title: "Graph's own clock (Date) is 3 hours slow", options: { speed: SPEED }, fast: ['list'] },
    completes({
      prepare: ({ lab }) => {
        lab.graphAheadMs = -3 * HOUR_MS;
      },
    }),
  ),
  everywhere(
    { group, title: 'Retry-After is a date, and this computer is 10 minutes fast', options: fast(HOUR_MS / 6) },
    completes({
      prepare: ({ lab }) => {
        lab.intercept = ({ index, atMs }) => {
          if (index > 0) return null;
          const retryAfter = new Date(atMs + 40_000).toUTCString();
          const headers = { 'retry-after': retryAfter, date: new Date(atMs).toUTCString() };
          return new Response('{"error":{"code":"TooManyRequests","message":""}}', { status: 429, headers });
        };
      },
      after: ({ lab }) => {
        const [first, second] = lab.asked;
        const waitedMs = (second?.atMs ?? 0) - (first?.atMs ?? 0);
        expect(waitedMs).toBeGreaterThanOrEqual(38_000);
        expect(waitedMs).toBeLessThan(80_000);
      },
    }),
  ),
];
