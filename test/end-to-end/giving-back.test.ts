/** However the program ends or pauses, the terminal is left as it was found. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { PseudoTerminal } from '../support/pseudo-terminal.ts';
import { expectGivenBack, programIn, startInFrame } from './frame.ts';
import { isAllRead, isAtRow } from './reading.ts';
import { type Stage, scenario, test } from './stage.ts';

/** The embedded tenant, with a range that has passed: the rows stay as they are. */
const still = ['--demo', '3', '--since', '3h', '--until', '1h'] as const;

describe.concurrent('a signal ends the program', scenario, () => {
  for (const [signal, code, said] of [
    ['SIGTERM', 143, /^$/],
    ['SIGINT', 130, /^$/],
    // The word is the shell's.
    ['SIGHUP', 129, /^(Hangup.*)?$/],
    ['SIGQUIT', 131, /^$/],
  ] as const) {
    test(`${signal}, with the code ${code} and the terminal given back`, async ({ stage }) => {
      const terminal = startInFrame(stage, still);
      await terminal.waitFor(isAllRead);
      // With the cursor shown and text typed, there is more to be put in order.
      terminal.press('/abc');
      await terminal.waitFor('search: abc');
      process.kill(await programIn(stage), signal);
      await expectGivenBack(terminal, code, said);
    });
  }

  test('a window that is closed leaves nothing running', async ({ stage }) => {
    const terminal = stage.start(still);
    await terminal.waitFor(isAllRead);
    terminal.hangUp();
    expect(await terminal.waitForEnd()).toBe(129);
  });

  test('a crash is told on the screen that was there before', async ({ stage }) => {
    // A module that Node loads beside the program, and that throws from its own event when it is told to.
    const bomb = join(stage.home, 'bomb.mjs');
    await writeFile(bomb, `process.on('SIGUSR2', () => { throw new Error('something un\\u001b[31mforeseen'); });\n`);
    const terminal = startInFrame(stage, still, { env: { NODE_OPTIONS: `--import file://${bomb}` } });
    await terminal.waitFor(isAllRead);
    process.kill(await programIn(stage), 'SIGUSR2');
    await expectGivenBack(terminal, 1, /Error: something un␛\[31mforeseen\s+at .*bomb\.mjs/s);
  });
});

/**
 * A shell with job control, at its prompt: the plain one, because others (bash) put the terminal in order themselves when
 * a program has stopped.
 */
async function startShell(stage: Stage): Promise<PseudoTerminal> {
  const terminal = stage.startCommand(['sh', '-i'], { env: { PS1: 'ready> ' } });
  await terminal.waitFor('ready>');
  return terminal;
}

/** Runs a command at the prompt and gives the last line that it printed. */
async function answerOf(terminal: PseudoTerminal, command: string): Promise<string> {
  // The end of an earlier answer may still be on the screen.
  const end = `done ${++answers}`;
  terminal.press(`clear; ${command}; echo ${end}\r`);
  await terminal.waitFor(new RegExp(`^${end}\nready>`, 'm'));
  const lines = terminal.screen.lines();
  return lines[lines.indexOf(end) - 1] ?? '';
}

let answers = 0;

/** Starts the program at the prompt, and has its process written down. */
function runIn(terminal: PseudoTerminal, stage: Stage): void {
  const quoted = stage.command(still).map((word) => `'${word}'`);
  terminal.press(`clear; sh -c 'echo $$ > pid; exec "$@"' sh ${quoted.join(' ')}\r`);
}

describe.concurrent('job control', scenario, () => {
  test('^Z gives the terminal to the shell, and fg brings everything back', async ({ stage }) => {
    const terminal = await startShell(stage);
    const modes = await answerOf(terminal, 'stty -g');
    runIn(terminal, stage);
    await terminal.waitFor(isAllRead);
    // Paused, so that nothing changes by itself.
    terminal.press(' jjj\r');
    await terminal.waitFor((screen) => isAtRow(4)(screen) && screen.text().includes('Same correlation ID'));
    const before = terminal.screen.lines().slice(1);

    for (let round = 0; round < 2; round++) {
      terminal.press('\x1a');
      await terminal.waitFor(/Stopped/);
      await terminal.waitFor(/ready>\s*$/);
      expect(terminal.screen.isAlternate).toBe(false);
      expect(terminal.isCursorVisible).toBe(true);
      expect(terminal.screen.modes.bracketedPaste).toBe(false);
      expect(await answerOf(terminal, 'stty -g')).toBe(modes);

      terminal.press('fg\r');
      await terminal.waitFor(
        (screen) => screen.isAlternate && before.every((line, y) => screen.lines()[y + 1] === line),
      );
      expect(terminal.isCursorVisible).toBe(false);
      expect(terminal.screen.modes.bracketedPaste).toBe(true);
    }

    terminal.press('\x1b');
    await terminal.waitFor((screen) => !screen.text().includes('Same correlation ID'));
    terminal.press('j');
    await terminal.waitFor(isAtRow(5));
    expect(await quitToShell(terminal)).toBe('0');
    expect(await answerOf(terminal, 'stty -g')).toBe(modes);
    expect(await answerOf(terminal, 'jobs')).not.toContain('Stopped');
  });

  test('a stop from outside (SIGTSTP) does the same', async ({ stage }) => {
    const terminal = await startShell(stage);
    const modes = await answerOf(terminal, 'stty -g');
    runIn(terminal, stage);
    await terminal.waitFor(isAllRead);
    process.kill(await programIn(stage), 'SIGTSTP');
    await terminal.waitFor(/Stopped/);
    await terminal.waitFor(/ready>\s*$/);
    expect(await answerOf(terminal, 'stty -g')).toBe(modes);
    terminal.press('fg\r');
    await terminal.waitFor((screen) => screen.isAlternate && isAllRead(screen));
    expect(await quitToShell(terminal)).toBe('0');
  });

  test('a stop that cannot be prepared for (SIGSTOP) is mended by fg', async ({ stage }) => {
    const terminal = await startShell(stage);
    runIn(terminal, stage);
    await terminal.waitFor(isAllRead);
    const before = terminal.screen.lines().slice(1);
    process.kill(await programIn(stage), 'SIGSTOP');
    await terminal.waitFor('ready>');
    // The terminal is still raw: a carriage return would not end the line.
    terminal.press('fg\n');
    await terminal.waitFor((screen) => before.every((line, y) => screen.lines()[y + 1] === line));
    terminal.press('j');
    await terminal.waitFor(isAtRow(2));
    expect(await quitToShell(terminal)).toBe('0');
  });
});

/** Quits, and asks the shell for the exit code. */
async function quitToShell(terminal: PseudoTerminal): Promise<string> {
  terminal.press('q');
  await terminal.waitFor('Press q again to quit.');
  terminal.press('q');
  await terminal.waitFor((screen) => !screen.isAlternate && /ready>\s*$/.test(screen.text()));
  terminal.press('echo "code $?"\r');
  await terminal.waitFor(/code \d+$/m);
  return /code (\d+)$/m.exec(terminal.screen.text())?.[1] ?? '';
}
