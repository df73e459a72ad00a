/** What a person reads off the screen of the interactive program. */
import type { PseudoTerminal } from '../support/pseudo-terminal.ts';
import type { VirtualTerminal } from '../support/virtual-terminal.ts';

/** "12 of 345" at the bottom: the row of the cursor, counted from 1, and the number of rows. */
export function placeOf(screen: VirtualTerminal): { readonly row: number; readonly of: number } | null {
  const found = /(?:^|\s)([\d,]+) of ([\d,]+)(?:, read[^,]*|, G reads on)*\s*$/m.exec(screen.text());
  return found ? { row: numberIn(found[1]), of: numberIn(found[2]) } : null;
}

export function isAtRow(row: number): (screen: VirtualTerminal) => boolean {
  return (screen) => placeOf(screen)?.row === row;
}

/** "345 shown" in the header. */
export function shownCount(screen: VirtualTerminal): number | null {
  const found = /([\d,]+) shown/.exec(screen.lines()[1] ?? '');
  return found ? numberIn(found[1]) : null;
}

const eventRow = /^[▌> ] (?:\w{3} )?\d\d:\d\d(?::\d\d)? /;

/** The rows of the table, without the mark of the cursor. */
export function eventRows(screen: VirtualTerminal): readonly string[] {
  return screen
    .lines()
    .filter((line) => eventRow.test(line))
    .map((line) => line.slice(2));
}

/** Whether the table is shown, with rows in it. */
export function hasRows(screen: VirtualTerminal): boolean {
  return (shownCount(screen) ?? 0) > 0 && eventRows(screen).length > 0;
}

/** The same, and a range that has passed is read to its start: nothing will change by itself any more. */
export function isAllRead(screen: VirtualTerminal): boolean {
  return hasRows(screen) && placeOf(screen) !== null && !/read back to|read(?:s|ing) on/.test(screen.text());
}

/** The code that the sign-in page asks the person to type in; null when there is none. */
export function userCodeOf(screen: VirtualTerminal): string | null {
  return /enter this code:.*\n {2}([A-Z0-9]{6,})(?:\s|$)/.exec(screen.text())?.[1] ?? null;
}

/** Resolves when every key before this has been answered: help comes and goes. */
export async function settled(terminal: PseudoTerminal): Promise<void> {
  terminal.press('?');
  await terminal.waitFor((screen) => placeOf(screen) === null);
  terminal.press('q');
  await terminal.waitFor((screen) => placeOf(screen) !== null);
}

/** Two presses of q at the table, the second only when the first has been answered. */
export async function quit(terminal: PseudoTerminal): Promise<number> {
  terminal.press('q');
  await terminal.waitFor('Press q again to quit.');
  terminal.press('q');
  return terminal.waitForEnd();
}

function numberIn(text = ''): number {
  return Number(text.replaceAll(',', ''));
}
