/** Signals, readers that take nothing, terminals that stop or go away: the program ends, soon, with the right code. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
import { fullPipe } from '../support/full-pipe.ts';
import { timeToEnd, untilIdle } from '../support/process-facts.ts';
import { type Check, everywhere, type FaultClass } from './check.ts';
import type { Scene } from './lab/scene.ts';

const group = 'Ending';
const options = { speed: 1 } as const;
/** A second, as promised, and what a busy computer adds. */
const SOON_MS = 2_000;
const noPipe = { because: 'needs a terminal' };

const codes = { SIGTERM: 143, SIGINT: 130 } as const;

function endsInFullPipe(signal: keyof typeof codes): Check {
  return async (scene) => {
    const pipe = fullPipe(scene.stage.home);
    try {
      const [file, ...args] = scene.pipedCommand();
      const env = { ...scene.stage.environment(), ...scene.environment };
      const child = spawn(file, args, { env, cwd: scene.stage.home, stdio: ['ignore', pipe.writeEnd, 'ignore'] });
      await once(child, 'spawn');
      const pid = child.pid ?? 0;
      await untilAnswered(scene);
      await untilIdle(pid);
      expect(child.exitCode).toBe(null);
      const ended = once(child, 'exit');
      child.kill(signal);
      expect(await timeToEnd(pid)).toBeLessThan(SOON_MS);
      expect(await ended).toEqual([codes[signal], null]);
    } finally {
      pipe.close();
    }
  };
}

async function untilAnswered({ lab }: Scene): Promise<void> {
  while (!lab.server.requests().some(({ to, status }) => to === 'graph' && status === 200)) await lab.clock.wait(20);
}

/** Graph does not answer for as long as the test lasts. */
function holdUp({ lab }: Scene): void {
  lab.intercept = async ({ request }) => {
    await lab.clock.wait(600_000, request.signal);
    return null;
  };
}

/** A terminal after ^S. What ends by itself is held up by Graph. */
const endsOnStoppedTerminal: Check = async (scene) => {
  if (scene.mode !== 'screen' && scene.mode !== 'tail') holdUp(scene);
  const terminal = scene.onTerminal(scene.mode);
  while (scene.lab.asked.length === 0) await scene.lab.clock.wait(20);
  terminal.stall();
  await untilIdle(terminal.pid);
  process.kill(terminal.pid, 'SIGTERM');
  expect(await timeToEnd(terminal.pid)).toBeLessThan(SOON_MS);
  terminal.goOn();
  expect(await terminal.waitForEnd()).toBe(143);
};

const endsWithTerminal: Check = async (scene) => {
  if (scene.mode !== 'screen' && scene.mode !== 'tail') holdUp(scene);
  const terminal = scene.onTerminal(scene.mode);
  while (scene.lab.asked.length === 0) await scene.lab.clock.wait(20);
  terminal.hangUp();
  expect(await timeToEnd(terminal.pid)).toBeLessThan(2 * SOON_MS);
};

const endsWithReader: Check = async (scene) => {
  const { lab, mode } = scene;
  const pipeline = ['bash', '-c', 'set -o pipefail; "$@" | head -n 1', 'bash'] as const;
  const piped = scene.stage.pipeCommand([...pipeline, ...scene.pipedCommand()], scene.environment);
  if (mode === 'tail') {
    // Nobody tells a program that only waits that its reader has gone: it finds out with the next row.
    await piped.waitUntil(() => piped.lines.length > 0, 'no rows');
    lab.log.add(lab.clock.now());
  }
  expect(await piped.end()).toBe(0);
  expect(piped.lines).toHaveLength(1);
  expect(piped.stderr).toBe('');
};

const signalWhileWaiting: Check = async (scene) => {
  holdUp(scene);
  const running = scene.start();
  await running.until(() => scene.lab.asked.length > 0, 'nothing is asked for');
  process.kill(running.pid, 'SIGINT');
  expect(await timeToEnd(running.pid)).toBeLessThan(SOON_MS);
  expect(await running.ended()).toBe(130);
};

export const endings: readonly FaultClass[] = [
  ...(['SIGTERM', 'SIGINT'] as const).map((signal) =>
    everywhere(
      {
        group,
        title: `${signal} while the reader of the pipe has stalled`,
        options,
        ...(signal === 'SIGTERM' ? { fast: ['tail'] as const } : {}),
      },
      endsInFullPipe(signal),
      { screen: noPipe },
    ),
  ),
  everywhere({ group, title: 'SIGINT while Graph does not answer', options, fast: ['list'] }, signalWhileWaiting),
  everywhere(
    { group, title: 'SIGTERM while the terminal is stopped (^S)', options, fast: ['screen'] },
    endsOnStoppedTerminal,
  ),
  everywhere({ group, title: 'The terminal is closed', options }, endsWithTerminal),
  everywhere(
    { group, title: 'The reader of the pipe goes away (tail finds out with its next row)', options },
    endsWithReader,
    {
      screen: noPipe,
    },
  ),
];
