/** What the components below `mountApp` get from the screen. Without these contexts they draw plain text. */
import { createContext, useContext, useInsertionEffect } from 'react';
import type { PaintSlots } from './paint-slots.ts';
import type { CellPosition } from './screen.ts';
import type { TerminalSize } from './terminal.ts';

/** Where painted boxes hand in their lines; null where nobody replaces placeholders. */
export const PaintContext = createContext<PaintSlots | null>(null);

export const CursorContext = createContext<((position: CellPosition | null) => void) | null>(null);

/** The size that ink-testing-library draws at, for tests without a terminal. */
export const TerminalSizeContext = createContext<TerminalSize>({ columns: 100, rows: 30 });

/** Columns and rows of the terminal; the component is drawn again when they change. */
export function useTerminalSize(): TerminalSize {
  return useContext(TerminalSizeContext);
}

/** Shows the terminal's cursor at a cell of the screen while the component is mounted; null hides it. */
export function useTextCursor(position: CellPosition | null): void {
  const showCursorAt = useContext(CursorContext);
  const x = position?.x;
  const y = position?.y;
  useInsertionEffect(() => {
    if (showCursorAt === null || x === undefined || y === undefined) return;
    showCursorAt({ x, y });
    return () => showCursorAt(null);
  }, [showCursorAt, x, y]);
}
