/** The owner of the terminal: one write per frame, the latest wins, nothing is queued, and all is given back. */
import { describe, expect, test } from 'vitest';
import { placeholders } from '../../../src/ui/screen/paint-slots.ts';
import { run } from '../../../src/ui/screen/painted-line.ts';
import { Screen } from '../../../src/ui/screen/screen.ts';
import { style } from '../../../src/ui/screen/style.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { VirtualTerminal } from '../../support/virtual-terminal.ts';

function started({ colour = true } = {}) {
  const terminal = new VirtualTerminal(30, 6);
  const clock = new ManualClock(1000);
  return { terminal, clock, screen: new Screen({ terminal, clock, colour }) };
}

describe('frames', () => {
  test('the first one comes in one write, together with the alternate screen', async () => {
    const { terminal, screen } = started();
    screen.show('hello');
    await settle();
    await terminal.waitFor('hello');
    expect(terminal.writes).toHaveLength(1);
    expect(terminal.isAlternate).toBe(true);
    expect(terminal.modes).toEqual({ wraps: false, bracketedPaste: true });
  });

  test('of several in one turn only the latest is drawn', async () => {
    const { terminal, screen } = started();
    for (const frame of ['one', 'two', 'three']) screen.show(frame);
    await settle();
    await terminal.shown();
    expect(terminal.writes).toHaveLength(1);
    expect(terminal.lines()[0]).toBe('three');
  });

  test('an unchanged one sends nothing', async () => {
    const { terminal, clock, screen } = started();
    screen.show('same');
    await clock.advance(20);
    screen.show('same');
    await clock.advance(20);
    expect(terminal.writes).toHaveLength(1);
  });

  test('after a rest at once, then at most sixty a second', async () => {
    const { terminal, clock, screen } = started();
    screen.show('0');
    await settle();
    for (let i = 1; i <= 100; i++) {
      screen.show(String(i));
      await clock.advance(1);
    }
    await clock.advance(100);
    await terminal.shown();
    expect(terminal.writes.length).toBeGreaterThanOrEqual(6);
    expect(terminal.writes.length).toBeLessThanOrEqual(8);
    expect(terminal.lines()[0]).toBe('100');
    screen.show('after a rest');
    await settle();
    await terminal.waitFor('after a rest');
  });

  test('a stalled line gets none, and the latest as soon as it has drained', async () => {
    const { terminal, clock, screen } = started();
    terminal.stall();
    screen.show('on its way');
    await clock.advance(20);
    for (const frame of ['dropped', 'dropped too', 'latest']) {
      screen.show(frame);
      await clock.advance(50);
    }
    expect(terminal.writes).toHaveLength(1);
    terminal.drain();
    await clock.advance(20);
    await terminal.shown();
    expect(terminal.writes).toHaveLength(2);
    expect(terminal.lines()[0]).toBe('latest');
  });

  test('a large one is synchronized, a small one is not', async () => {
    const { terminal, clock, screen } = started();
    screen.show(Array.from({ length: 6 }, (_, i) => `${i}`.repeat(30)).join('\n'));
    await clock.advance(20);
    screen.show('x');
    await clock.advance(20);
    screen.show('y');
    await clock.advance(20);
    expect(terminal.writes[0]).toContain('\x1b[?2026h');
    expect(terminal.writes[0]).toContain('\x1b[?2026l');
    expect(terminal.writes[2]).toBe('\x1b[Hy');
  });

  test('the last cell can be written without scrolling', async () => {
    const { terminal, screen } = started();
    screen.show(Array.from({ length: 6 }, (_, i) => `${i}`.repeat(30)).join('\n'));
    await settle();
    await terminal.shown();
    expect(terminal.lines().map((line) => line[29])).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(terminal.scrolledLines).toBe(0);
  });

  test('after a change of size everything is drawn anew', async () => {
    const { terminal, clock, screen } = started();
    screen.show('some text that is cut');
    await clock.advance(20);
    terminal.resize(9, 3);
    screen.repaint();
    await clock.advance(20);
    await terminal.shown();
    expect(terminal.lines()).toEqual(['some text', '', '']);
  });

  test('without colour, bold and inverse stay', async () => {
    const { terminal, screen } = started({ colour: false });
    screen.show('\x1b[1;31;44mx\x1b[7my');
    await settle();
    await terminal.shown();
    expect(terminal.cell(0, 0).style).toBe(style({ bold: true }));
    expect(terminal.cell(1, 0).style).toBe(style({ bold: true, inverse: true }));
  });
});

describe('painted rows', () => {
  test('stand where their placeholders stand, side by side and over each other', async () => {
    const { terminal, screen } = started();
    const [left, right, over] = [screen.slots.open(), screen.slots.open(), screen.slots.open()];
    screen.slots.set(left, [[run('left side')], [run('日本', style({ fg: 'red' }))]], 12);
    screen.slots.set(right, [[run('right side is cut off')]], 10);
    screen.slots.set(over, [[run('  over')]], 6);
    const [a, b] = placeholders(left, 2).split('\n');
    const c = placeholders(right, 1);
    const d = placeholders(over, 1);
    screen.show(`|${a}${' '.repeat(11)}|${c}${' '.repeat(9)}|\n|${b}   ${d}       |`);
    await settle();
    await terminal.shown();
    expect(terminal.lines().slice(0, 2)).toEqual(['|left side   |right side|', '|日本  over  |']);
    expect(terminal.cell(1, 1).style).toBe(style({ fg: 'red' }));
  });

  test('can be painted without a frame', async () => {
    const { terminal, clock, screen } = started();
    const slot = screen.slots.open();
    screen.slots.set(slot, [[run('before')]], 10);
    screen.show(placeholders(slot, 1));
    await clock.advance(20);
    screen.paint(slot, [[run('behind')]]);
    await clock.advance(20);
    await terminal.waitFor('behind');
    expect(terminal.writes[1]).toBe('\x1b[3Ghind');
  });

  test('a private-use character in ordinary text is no placeholder', async () => {
    const { terminal, screen } = started();
    const slot = screen.slots.open();
    screen.slots.set(slot, [[run('secret')]], 10);
    screen.show(`x${String.fromCodePoint(0xf0000)}y`);
    await settle();
    await terminal.shown();
    expect(terminal.text()).not.toContain('secret');
  });

  test('control characters in a line are drawn as what they are not', async () => {
    const { terminal, screen } = started();
    const slot = screen.slots.open();
    screen.slots.set(slot, [[run('a\x1b[2Jb\rc\nd')]], 20);
    screen.show(placeholders(slot, 1));
    await settle();
    await terminal.shown();
    expect(terminal.lines()[0]).toBe('a\ufffd[2Jb\ufffdc\ufffdd');
  });
});

describe('the cursor and other sequences', () => {
  test('a text field shows the cursor at its cell, and keeps it there', async () => {
    const { terminal, clock, screen } = started();
    screen.show('find: ');
    screen.showCursorAt({ x: 6, y: 0 });
    await clock.advance(20);
    screen.show('find: a\nchanged');
    screen.showCursorAt({ x: 7, y: 0 });
    await clock.advance(20);
    await terminal.shown();
    expect(terminal.cursor).toEqual({ x: 7, y: 0 });
    expect(terminal.writes[0]?.endsWith('\x1b[?25h')).toBe(true);
    screen.showCursorAt(null);
    await clock.advance(20);
    expect(terminal.writes[2]).toBe('\x1b[?25l');
  });

  test('a sequence goes with the next frame, in the same write', async () => {
    const { terminal, clock, screen } = started();
    screen.show('a');
    await clock.advance(20);
    screen.sendToTerminal('\x1b]52;c;YQ==\x07');
    screen.show('copied');
    await clock.advance(20);
    expect(terminal.writes[1]).toBe('\rcopied\x1b]52;c;YQ==\x07');
  });

  test('a sequence that waits is sent before the terminal is given back', async () => {
    const { terminal, clock, screen } = started();
    screen.show('a');
    await clock.advance(20);
    screen.sendToTerminal('\x07');
    screen.close();
    expect(terminal.writes[1]).toContain('\x07');
  });
});

describe('giving the terminal back', () => {
  test('leaves nothing behind', async () => {
    const { terminal, clock, screen } = started();
    terminal.feed('$ entra-signups\r\n');
    screen.show('\x1b[31mred');
    await clock.advance(20);
    screen.close();
    await terminal.shown();
    expect(terminal.isAlternate).toBe(false);
    expect(terminal.modes).toEqual({ wraps: true, bracketedPaste: false });
    expect(terminal.lines()[0]).toBe('$ entra-signups');
    expect(terminal.cursor).toEqual({ x: 0, y: 1 });
    expect(terminal.writes[1]).toContain('\x1b[?25h');
    terminal.feed('x');
    await terminal.shown();
    expect(terminal.cell(0, 1).style).toBe(0);
  });

  test('twice does no harm, and nothing is drawn afterwards', async () => {
    const { terminal, clock, screen } = started();
    screen.show('a');
    await clock.advance(20);
    screen.close();
    screen.close();
    screen.show('late');
    screen.resume();
    await clock.advance(100);
    expect(terminal.writes).toHaveLength(2);
  });

  test('before anything was drawn writes nothing', () => {
    const { terminal, screen } = started();
    screen.show('never seen');
    screen.close();
    expect(terminal.writes).toEqual([]);
  });

  test('while suspended nothing is drawn; afterwards the latest', async () => {
    const { terminal, clock, screen } = started();
    screen.show('before');
    await clock.advance(20);
    screen.suspend();
    terminal.feed('$ ls\r\n');
    screen.show('meanwhile');
    await clock.advance(100);
    await terminal.shown();
    expect(terminal.isAlternate).toBe(false);
    expect(terminal.writes).toHaveLength(2);
    screen.resume();
    await clock.advance(20);
    await terminal.waitFor('meanwhile');
    expect(terminal.isAlternate).toBe(true);
  });
});
