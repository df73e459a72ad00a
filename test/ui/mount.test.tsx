/** Ink on our screen: what a component draws is on the terminal, through Ink and through painted boxes. */
import { Box, Text } from 'ink';
import { render } from 'ink-testing-library';
import { type ReactNode, useEffect, useState } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import type { KeyPress } from '../../src/ui/keys/key-press.ts';
import { type MountedApp, mountApp, type Painter } from '../../src/ui/mount.tsx';
import { Painted } from '../../src/ui/screen/Painted.tsx';
import { useTerminalSize, useTextCursor } from '../../src/ui/screen/paint-context.ts';
import { type PaintedLine, run } from '../../src/ui/screen/painted-line.ts';
import type { Host } from '../../src/ui/screen/process-host.ts';
import { style } from '../../src/ui/screen/style.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { VirtualTerminal } from '../support/virtual-terminal.ts';

let mounted: MountedApp | null = null;
afterEach(() => {
  mounted?.unmount();
  mounted = null;
});

async function mount(element: ReactNode) {
  const terminal = new VirtualTerminal(40, 6);
  const clock = new ManualClock(0);
  const keys: KeyPress[] = [];
  const exits: number[] = [];
  const nothing = () => () => {};
  const host: Host = {
    onSignal: nothing,
    onCrash: nothing,
    onExit: nothing,
    stop: () => {},
    report: () => {},
    exit: (code) => exits.push(code),
  };
  const painters: Painter[] = [];
  const drawn = (painter: Painter) => {
    painters.push(painter);
    return element;
  };
  const app = mountApp({ element: drawn, terminal, host, clock, colour: true, onKey: (key) => keys.push(key) });
  mounted = app;
  app.exited.catch(() => {});
  await clock.advance(20);
  await terminal.shown();
  const next = async () => {
    await clock.advance(20);
    await terminal.shown();
  };
  const [painter] = painters;
  if (!painter) throw new Error('nothing was drawn');
  return { app, painter, terminal, clock, keys, exits, next };
}

/** An element whose content a test sets from outside. */
function changeable<Value>(first: Value, draw: (value: Value) => ReactNode) {
  const changes: { to: (value: Value) => void } = { to: () => {} };
  return {
    element: <Changeable first={first} draw={draw} changes={changes} />,
    set: (value: Value) => changes.to(value),
  };
}

function Changeable<Value>({
  first,
  draw,
  changes,
}: {
  readonly first: Value;
  readonly draw: (value: Value) => ReactNode;
  readonly changes: { to: (value: Value) => void };
}) {
  const [value, setValue] = useState(first);
  useEffect(() => {
    changes.to = setValue;
  }, [changes]);
  return draw(value);
}

function Size() {
  const { columns, rows } = useTerminalSize();
  return <Text>{`${columns} by ${rows}`}</Text>;
}

function Field() {
  useTextCursor({ x: 2, y: 3 });
  return <Text>field</Text>;
}

describe('drawing', () => {
  test('text of Ink and painted boxes side by side', async () => {
    const { terminal } = await mount(
      <Box flexDirection="column">
        <Text bold>head</Text>
        <Box>
          <Painted
            width={12}
            lines={[[run('one', style({ fg: 'green' }))], [run('zwei 日本')], [run('three, too long')]]}
          />
          <Box borderStyle="single" flexDirection="column">
            <Text>in a box</Text>
          </Box>
          <Painted width={6} lines={[[run('right')], [run('side')]]} />
        </Box>
        <Text>foot</Text>
      </Box>,
    );
    expect(terminal.lines()).toEqual([
      'head',
      'one         ┌────────┐right',
      'zwei 日本   │in a box│side',
      'three, too l└────────┘',
      'foot',
      '',
    ]);
    expect(terminal.cell(0, 1).style).toBe(style({ fg: 'green' }));
  });

  test('the whole height of the terminal is used, and no key reader of Ink is in the way', async () => {
    const { terminal, keys } = await mount(
      <Box height={6} flexDirection="column" justifyContent="space-between">
        <Text>top</Text>
        <Text>bottom</Text>
      </Box>,
    );
    expect(terminal.lines()).toEqual(['top', '', '', '', '', 'bottom']);
    expect(terminal.raw).toBe(true);
    terminal.type('jj\x1b[A');
    expect(keys.map((key) => (key.kind === 'key' ? key.name : 'paste'))).toEqual(['j', 'j', 'up']);
  });

  test('new lines of a painted box are drawn, also when nothing else changed, in one small write', async () => {
    const table = changeable<readonly PaintedLine[]>([[run('a')], [run('b')]], (lines) => (
      <Painted width={20} lines={lines} />
    ));
    const { terminal, next } = await mount(table.element);
    table.set([[run('a')], [run('c')]]);
    await next();
    expect(terminal.lines().slice(0, 2)).toEqual(['a', 'c']);
    expect(terminal.writes).toHaveLength(2);
    expect(terminal.writes[1]?.length).toBeLessThan(10);
  });

  test('boxes that come and go leave nothing behind', async () => {
    const boxes = changeable<readonly string[]>(['one', 'two', 'three'], (names) => (
      <Box flexDirection="column">
        {names.map((name) => (
          <Painted key={name} width={10} lines={[[run(name)]]} />
        ))}
      </Box>
    ));
    const { terminal, next } = await mount(boxes.element);
    boxes.set(['three', 'four']);
    await next();
    boxes.set(['four', 'five', 'three']);
    await next();
    expect(terminal.lines().slice(0, 4)).toEqual(['four', 'five', 'three', '']);
  });

  test('a box can be painted past React', async () => {
    const slots: { own: number | null } = { own: null };
    const table = changeable(false, (visible) =>
      visible && slots.own !== null ? <Painted slot={slots.own} width={10} lines={[[run('by React')]]} /> : null,
    );
    const { painter, terminal, next } = await mount(table.element);
    slots.own = painter.openSlot();
    table.set(true);
    await next();
    expect(terminal.lines()[0]).toBe('by React');
    painter.paint(slots.own, [[run('directly')]]);
    await next();
    expect(terminal.lines()[0]).toBe('directly');
  });

  test('components know the size of the terminal, and follow it', async () => {
    const { terminal, next } = await mount(
      <Box width="100%" justifyContent="flex-end">
        <Size />
      </Box>,
    );
    expect(terminal.lines()[0]).toBe('40 by 6'.padStart(40));
    terminal.resize(20, 4);
    await next();
    expect(terminal.lines()).toEqual(['20 by 4'.padStart(20), '', '', '']);
  });

  test('a text field shows the cursor while it is there', async () => {
    const field = changeable(true, (visible) => (visible ? <Field /> : <Text>none</Text>));
    const { terminal, next } = await mount(field.element);
    expect(terminal.cursor).toEqual({ x: 2, y: 3 });
    expect(terminal.writes[0]?.endsWith('\x1b[?25h')).toBe(true);
    field.set(false);
    await next();
    expect(terminal.writes[1]).toContain('\x1b[?25l');
  });
});

describe('the end', () => {
  test('unmounting gives everything back at once', async () => {
    const { app, terminal } = await mount(<Text>hello</Text>);
    app.unmount();
    await terminal.shown();
    expect(terminal.isAlternate).toBe(false);
    expect(terminal.raw).toBe(false);
    expect(terminal.isRead).toBe(false);
    await app.exited;
    await settle();
    expect(terminal.writes).toHaveLength(2);
  });

  test('a component that throws ends the program with the terminal given back', async () => {
    const broken = changeable(false, (broke) => {
      if (broke) throw new Error('drawn wrong');
      return <Text>fine</Text>;
    });
    const { app, terminal } = await mount(broken.element);
    broken.set(true);
    await expect(app.exited).rejects.toThrow('drawn wrong');
    await terminal.shown();
    expect(terminal.isAlternate).toBe(false);
    expect(terminal.raw).toBe(false);
  });

  test('a terminal that is gone ends the program as a hang-up does', async () => {
    const { terminal, exits } = await mount(<Text>hello</Text>);
    terminal.lose();
    expect(exits).toEqual([129]);
  });

  test('while suspended the terminal is not raw', async () => {
    const { app, terminal, next } = await mount(<Text>hello</Text>);
    app.suspend();
    await terminal.shown();
    expect(terminal.raw).toBe(false);
    expect(terminal.isAlternate).toBe(false);
    // There is no job control here, so the program goes on by itself.
    for (let i = 0; i < 6; i++) await next();
    expect(terminal.raw).toBe(true);
    expect(terminal.lines()[0]).toBe('hello');
  });
});

test('without a screen, a painted box is plain text', () => {
  const { lastFrame, unmount } = render(
    <Box>
      <Painted width={8} lines={[[run('ab', style({ bold: true })), run('cd')], [run('日本語日本語')]]} />
      <Text>|</Text>
    </Box>,
  );
  expect(lastFrame()).toBe('\x1b[1mab\x1b[22mcd    |\n日本語日');
  unmount();
});
