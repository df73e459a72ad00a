/**
 * The program with a shell around it, which looks at the terminal before and after: what people find at their prompt when
 * it has ended.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { PseudoTerminal } from '../support/pseudo-terminal.ts';
import { until } from '../support/until.ts';
import type { Stage, StartOptions } from './stage.ts';

const script = `
stty -g
sh -c 'echo $$ > pid.new && mv pid.new pid; exec "$@"' sh "$@"
code=$?
stty -g
echo "left with $code"
# Stays until it is told to go, so that nothing of this is lost on the way.
read -r answer
`;

/** Starts the program in a shell in a pseudo-terminal. */
export function startInFrame(stage: Stage, args: readonly string[], options: StartOptions = {}): PseudoTerminal {
  return stage.startCommand(['sh', '-c', script, 'sh', ...stage.command(args)], options);
}

/** The process of the program that was started in a frame. */
export async function programIn(stage: Stage): Promise<number> {
  const read = () => Number(readFileSync(join(stage.home, 'pid'), { encoding: 'utf8', flag: 'a+' }));
  await until(
    () => read() > 0,
    () => 'the program was not started',
  );
  return read();
}

/**
 * Waits until the program has ended, and checks what it left: its exit code, the modes as they were, and nothing on the
 * screen but what `said` matches.
 */
export async function expectGivenBack(terminal: PseudoTerminal, code: number, said = /^$/): Promise<void> {
  const { screen } = terminal;
  await terminal.waitFor(/^left with \d+$/m);
  const [before, ...rest] = screen.lines().filter((line) => line !== '');
  expect(before).toMatch(/^[0-9a-f:]+$/);
  expect(rest.slice(-2)).toEqual([before, `left with ${code}`]);
  expect(rest.slice(0, -2).join('\n')).toMatch(said);
  expect(screen.isAlternate).toBe(false);
  expect(screen.modes).toEqual({ wraps: true, bracketedPaste: false });
  expect(terminal.isCursorVisible).toBe(true);
}
