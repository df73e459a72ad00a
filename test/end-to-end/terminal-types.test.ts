/** Terminals by the name in TERM: each gets only what it understands, and what it is not told is made up for. */
import { describe, expect } from 'vitest';
import type { PseudoTerminal } from '../support/pseudo-terminal.ts';
import { isAllRead, isAtRow, settled } from './reading.ts';
import { type Stage, scenario, test } from './stage.ts';

const still = ['--demo', '3', '--since', '3h', '--until', '1h'] as const;

/** With what a shell would run, because a pseudo-terminal never goes without a name by itself. */
function startAs(stage: Stage, term: string | null, args: readonly string[], columns = 100): PseudoTerminal {
  const named = term === null ? ['env', '-u', 'TERM'] : ['env', `TERM=${term}`];
  const script = '"$@"; echo "left with $?"; read -r answer';
  return stage.startCommand(['sh', '-c', script, 'sh', ...named, ...stage.command(args)], { columns, rows: 30 });
}

/** The output with a picture for each control character: ␛ for ESC. */
function pictured(output: string): string {
  return [...output]
    .map((character) => (character < ' ' ? String.fromCharCode(0x2400 + character.charCodeAt(0)) : character))
    .join('');
}

/** The control characters and sequences that were sent, each once; the numbers of moves left out. */
function controlsIn(terminal: PseudoTerminal): readonly string[] {
  const sequence = /␛\[[?>=]?[\d;]*[ -/]*[@-~]|␛[\]P^_].*?(?:␇|␛\\)|␛.|[␀-␟]/gs;
  const found = [...pictured(terminal.output).matchAll(sequence)].map(([each]) => each);
  return [...new Set(found.map((each) => (/^␛\[\?|m$/.test(each) ? each : each.replaceAll(/\d+(;\d+)*/g, 'n'))))];
}

/** Moves, scrolls, copies, searches: all that makes a screen be drawn. */
async function useScreen(terminal: PseudoTerminal): Promise<void> {
  terminal.press('jjj');
  await terminal.waitFor(isAtRow(4));
  terminal.press('\x1b[6~\x1b[6~\x1b[5~G\x1b[A\x1b[A');
  await settled(terminal);
  terminal.press('\r');
  await terminal.waitFor('Same correlation ID');
  terminal.press('y\x1b');
  await terminal.waitFor((screen) => !screen.text().includes('Same correlation ID'));
  terminal.press('/nobody');
  await terminal.waitFor('search: nobody');
  terminal.press('\x1b');
  await settled(terminal);
}

/** Moves, erasing, and the mode of wrapping: all of it is in the manual of the VT100. */
const vt100 = /^(?:␛\[n?[HABCD]|␛\[;nH|␛\[K|␛\[nJ|␛\[\?7[lh]|␍|␊|␈|␘|␛\[(?:0|1|4|7|;)*m)$/;
const lineMoves = /^␛\[n?[LM]$/;
const ofVt220 = /^(?:␛\[nX|␛\[\?25[lh]|␛\[(?:0|1|4|7|22|24|27|;)*m)$/;
const attributes = /^␛\[(?:0|1|4|7|;)*m$/;

/** Line ends alone. */
const expectOnlyLines = (terminal: PseudoTerminal) =>
  expect(controlsIn(terminal).filter((each) => !'␍␊'.includes(each))).toEqual([]);

describe.concurrent('a terminal', scenario, () => {
  for (const [term, known] of [
    ['vt100', [vt100]],
    ['vt102', [vt100, lineMoves]],
    ['vt220', [vt100, lineMoves, ofVt220]],
  ] as const) {
    test(`that is a ${term} gets nothing that one does not understand`, async ({ stage }) => {
      const terminal = startAs(stage, term, still);
      await terminal.waitFor(isAllRead);
      await useScreen(terminal);
      terminal.press('qq');
      await terminal.waitFor('left with 0');
      const controls = controlsIn(terminal);
      expect(controls.filter((each) => !known.some((expression) => expression.test(each)))).toEqual([]);
      if (term !== 'vt220') expect(terminal.output).not.toMatch(/[\x80-\xff]/);
      // Attributes are still used, and nothing of the log stays behind.
      expect(controls.filter((each) => attributes.test(each)).length).toBeGreaterThan(2);
      expect(terminal.screen.lines().filter((line) => line !== '')).toEqual(['left with 0']);
    });
  }

  test('that is the console of Linux gets colours, and no second screen, paste or clipboard', async ({ stage }) => {
    const terminal = startAs(stage, 'linux', still);
    await terminal.waitFor(isAllRead);
    await useScreen(terminal);
    const controls = controlsIn(terminal);
    expect(controls.filter((each) => /^␛\[[\d;]*3[1-6]m$/.test(each))).not.toEqual([]);
    expect(controls.filter((each) => /^␛(?:\[\?(?:1049|2004|2026)|[\]P])/.test(each))).toEqual([]);
  });

  test('of an unknown kind counts as a modern one', async ({ stage }) => {
    const terminal = startAs(stage, 'xterm-ghostty', still);
    await terminal.waitFor(isAllRead);
    expect(terminal.screen.isAlternate).toBe(true);
    terminal.press('y');
    await terminal.waitFor('clipboard');
    expect(pictured(terminal.output)).toMatch(/␛\]52;c;[A-Za-z0-9+/=]+␇/);
    terminal.press('\x1b');
    terminal.press('q');
    await terminal.waitFor('Press q again');
  });

  for (const [term, why] of [
    ['dumb', 'TERM is dumb'],
    [null, 'TERM is not set'],
    ['', 'TERM is not set'],
  ] as const) {
    test(`${why} (${term}): it gets lines, without a sequence, and is told why`, async ({ stage }) => {
      const terminal = startAs(stage, term, still);
      await terminal.waitFor(/1 of \d+\. /);
      terminal.press('j');
      await terminal.waitFor(/2 of \d+\. /);
      const [first = '', second = ''] = terminal.bytes.toString().split('\r\n');
      expect(first).toMatch(new RegExp(`^${why}, so no screen is drawn\\..*TERM=xterm-256color`));
      expect(second).toMatch(/^entra-signups, linear output/);
      terminal.press('q');
      await terminal.waitFor('Press q again');
      terminal.press('q');
      await terminal.waitFor('left with 0');
      expectOnlyLines(terminal);
    });
  }

  for (const term of ['dumb', 'vt100', null]) {
    test(`list prints without colours for TERM=${term}, fitted to the width`, async ({ stage }) => {
      const terminal = startAs(stage, term, ['list', '--demo', '3', '--limit', '20'], 80);
      await terminal.waitFor('left with 0');
      expectOnlyLines(terminal);
      const rows = terminal.screen.lines().filter((line) => /^\d{4}-/.test(line));
      expect(rows).toHaveLength(20);
    });
  }
});

describe.concurrent('a table that goes elsewhere', scenario, () => {
  const list = ['list', '--demo', '3', '--limit', '20', '--output', 'table'] as const;

  test('is as wide as COLUMNS says', async ({ stage }) => {
    for (const columns of [80, 60]) {
      const piped = stage.pipe(list, { COLUMNS: String(columns) });
      expect(await piped.end()).toBe(0);
      expect(Math.max(...piped.lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
      expect(piped.stdout).toContain('…');
    }
  });

  for (const columns of ['', '0', '-1', 'wide']) {
    test(`is as wide as it is when COLUMNS is "${columns}"`, async ({ stage }) => {
      const piped = stage.pipe(list, { COLUMNS: columns });
      expect(await piped.end()).toBe(0);
      expect(piped.stdout).not.toContain('…');
      expect(Math.max(...piped.lines.map((line) => line.length))).toBeGreaterThan(100);
    });
  }
});
