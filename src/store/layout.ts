/**
 * Where things stand on the screen, from its size and what is open: pure arithmetic. It lives beside the state because
 * paging needs to know how many rows the table has; drawing follows the same rectangles.
 */
import type { State } from './state.ts';

export interface Rectangle {
  readonly width: number;
  readonly height: number;
}

export type PanePlace = 'right' | 'below' | 'instead';

export interface Layout {
  /** Nothing but a word fits. */
  readonly tooSmall: boolean;
  readonly headerRows: number;
  /** Rows between header and table for what chooses the filter; 0 when that is closed. */
  readonly panelRows: number;
  /** The table with its line of titles; null when the pane is drawn instead of it. */
  readonly table: Rectangle | null;
  readonly pane: (Rectangle & { readonly place: PanePlace }) | null;
}

const SMALLEST_COLUMNS = 40;
const SMALLEST_ROWS = 10;
const HEADER_ROWS = 2;
/** The line of news and messages, and the line of keys. */
const BOTTOM_ROWS = 2;
const PANEL_ROWS = 11;
/** More of them where there is room for two lists. */
const TALL_PANEL_ROWS = 15;
const TALL = 34;
const SMALLEST_TABLE_ROWS = 4;
/** What chooses stands over the table, which answers each key. */
const choosing = new Set(['filter', 'query', 'pick', 'presets', 'logs', 'columnList', 'copy']);

type LayoutInput = Pick<State, 'size' | 'pane'> & { readonly overlay: { readonly kind: string } | null };

export function layout({ size, pane, overlay }: LayoutInput): Layout {
  const { columns, rows } = size;
  const tooSmall = columns < SMALLEST_COLUMNS || rows < SMALLEST_ROWS;
  const free = Math.max(0, rows - HEADER_ROWS - BOTTOM_ROWS);
  const panelRows =
    overlay !== null && choosing.has(overlay.kind)
      ? Math.min(free >= TALL ? TALL_PANEL_ROWS : PANEL_ROWS, Math.max(0, free - SMALLEST_TABLE_ROWS + 1))
      : 0;
  const body: Rectangle = { width: columns, height: free - panelRows };
  return { tooSmall, headerRows: HEADER_ROWS, panelRows, ...split(body, pane) };
}

function split(body: Rectangle, pane: State['pane']): Pick<Layout, 'table' | 'pane'> {
  if (!pane.open) return { table: body, pane: null };
  const { width, height } = body;
  if (!pane.zoomed && width >= 160) {
    const paneWidth = Math.min(90, Math.floor(width * 0.44));
    return {
      table: { width: width - paneWidth - 1, height },
      pane: { width: paneWidth, height, place: 'right' },
    };
  }
  if (!pane.zoomed && width >= 100 && height >= 16) {
    const tableHeight = Math.max(SMALLEST_TABLE_ROWS + 1, Math.floor(height * 0.36));
    return {
      table: { width, height: tableHeight },
      pane: { width, height: height - tableHeight, place: 'below' },
    };
  }
  return { table: null, pane: { width, height, place: 'instead' } };
}

/** Rows of events that the table shows: its height without the line of titles. */
export function tableRows(input: LayoutInput): number {
  return Math.max(1, (layout(input).table?.height ?? input.size.rows - HEADER_ROWS - BOTTOM_ROWS) - 1);
}
