/** All four logs of a tenant in one sitting, and back to where one was. */
import { describe, expect } from 'vitest';
import { logs } from '../../src/logs/logs.ts';
import type { VirtualTerminal } from '../support/virtual-terminal.ts';
import { eventRows, hasRows, isAllRead, isAtRow, quit } from './reading.ts';
import { scenario, test } from './stage.ts';

function isLog(title: string): (screen: VirtualTerminal) => boolean {
  return (screen) => (screen.lines()[0] ?? '').startsWith(` ${title} `) && hasRows(screen) && isAllRead(screen);
}

/** The row under the cursor. */
function cursorRow(screen: VirtualTerminal): string | undefined {
  return screen.lines().find((line) => line.startsWith('▌'));
}

describe.concurrent('the logs', scenario, () => {
  test('are shown one after the other, each where it was left', async ({ stage }) => {
    const terminal = stage.start(['--demo', '3', '--since', '20h', '--until', '2h']);
    await terminal.waitFor(isLog('Sign-ups'));
    terminal.press('jjj');
    await terminal.waitFor(isAtRow(4));
    const signUp = cursorRow(terminal.screen);
    const left = new Map<string, string | undefined>();
    for (const [index, { title }] of logs.entries()) {
      if (index === 0) continue;
      terminal.press(`V${index + 1}`);
      await terminal.waitFor(isLog(title));
      terminal.press('j'.repeat(index));
      await terminal.waitFor(isAtRow(index + 1));
      left.set(title, cursorRow(terminal.screen));
    }
    expect(new Set([signUp, ...left.values()]).size).toBe(4);

    // And back again, by the list.
    terminal.press('Vkkk\r');
    await terminal.waitFor(isLog('Sign-ups'));
    expect(cursorRow(terminal.screen)).toBe(signUp);
    terminal.press('V3');
    await terminal.waitFor(isLog('Audits'));
    expect(cursorRow(terminal.screen)).toBe(left.get('Audits'));

    // A filter is of its log alone.
    terminal.press(':activity:"Update user"\r');
    await terminal.waitFor((screen) => isLog('Audits')(screen) && screen.text().includes('activity:"Update user"'));
    await terminal.waitFor((screen) => eventRows(screen).every((row) => row.includes('Update user')));
    terminal.press('V1');
    await terminal.waitFor(isLog('Sign-ups'));
    expect(cursorRow(terminal.screen)).toBe(signUp);
    expect(terminal.screen.text()).toContain('no filter');
    expect(await quit(terminal)).toBe(0);
  });

  test('can be the one to begin with', async ({ stage }) => {
    const terminal = stage.start(['--demo', '--log', 'sign-ins', 'outcome:failed', '--until', '2h']);
    await terminal.waitFor(isLog('Sign-ins'));
    expect(eventRows(terminal.screen).every((row) => row.includes('✗ failed') || row.includes('? unknown'))).toBe(true);
    expect(await quit(terminal)).toBe(0);
  });
});
