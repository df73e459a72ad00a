/** Terminals that can do less than others, or stand behind another one. */
import { expect } from 'vitest';
import { hasRows } from '../end-to-end/reading.ts';
import type { PseudoTerminal } from '../support/pseudo-terminal.ts';
import { until } from '../support/until.ts';
import { type Check, everywhere, type FaultClass } from './check.ts';
import type { Scene } from './lab/scene.ts';

const group = 'Terminals';
const options = { speed: 4 } as const;
const ESC = '\x1b';

/** Starts it on a terminal and waits until there are rows, or figures. */
async function shown(scene: Scene, env: Readonly<Record<string, string>>): Promise<PseudoTerminal> {
  const terminal = scene.onTerminal(scene.mode, env);
  const isThere = () =>
    /person\d+@|created|userCreation|create\b/.test(terminal.screen.text()) || terminal.exitCode !== null;
  await until(isThere, () => terminal.screen.text());
  if (scene.mode === 'tail') process.kill(terminal.pid, 'SIGINT');
  if (scene.mode !== 'screen') expect(await terminal.waitForEnd()).toBe(scene.mode === 'tail' ? 130 : 0);
  return terminal;
}

/** Without escape sequences; the screen says its lines instead of drawing, or refuses and names what works. */
function getsNoSequences(term: string): Check {
  return async (scene) => {
    const terminal = await shown(scene, { TERM: term });
    expect(terminal.output.includes(ESC), JSON.stringify(terminal.output.slice(0, 400))).toBe(false);
    expect(
      terminal.exitCode === null || terminal.exitCode === 0 || scene.mode !== 'screen' || terminal.exitCode === 2,
    ).toBe(true);
    expect(terminal.screen.text()).toMatch(/person\d+@|created|list|create\b/);
  };
}

/** What a VT100 knows after ESC: cursor, erase, scroll region, attributes 0, 1, 4, 5, 7, and its few private modes. */
const vt100 = /^(?:\[\d*(?:;\d*)*[ABCDHJKfr]|\[(?:[014578]?(?:;[014578])*)m|\[\?[1-7][hl]|[78=>DEMHc]|\([AB0])/;

const getsVt100Only: Check = async (scene) => {
  const terminal = await shown(scene, { TERM: 'vt100', LANG: 'C' });
  const [, ...sequences] = terminal.output.split(ESC);
  const foreign = sequences.filter((part) => !vt100.test(part)).map((part) => part.slice(0, 8));
  expect([...new Set(foreign)]).toEqual([]);
};

const copiesInTmux: Check = async (scene) => {
  const terminal = scene.onTerminal('screen', { TMUX: '/tmp/tmux-0/default,1,0', TERM: 'tmux-256color' });
  await terminal.waitFor(hasRows);
  terminal.press('y');
  await terminal.waitFor(/clipboard|copied/i);
  // Which of the two arrives is a matter of tmux's settings.
  const [wrapped, plain] = [`${ESC}Ptmux;${ESC}${ESC}]52;c;`, `${ESC}]52;c;`];
  expect(terminal.output).toContain(wrapped);
  expect(terminal.output.replaceAll(wrapped, '')).toContain(plain);
};

const noClipboard = { because: 'copies nothing' };

export const terminals: readonly FaultClass[] = [
  everywhere({ group, title: 'TERM=dumb', options, fast: ['list'] }, getsNoSequences('dumb')),
  everywhere({ group, title: 'TERM is not set', options }, getsNoSequences('')),
  everywhere({ group, title: 'TERM=vt100', options }, getsVt100Only),
  everywhere({ group, title: 'Copying inside tmux', options }, copiesInTmux, {
    tail: noClipboard,
    list: noClipboard,
    stats: noClipboard,
    attempts: noClipboard,
    trace: noClipboard,
  }),
];
