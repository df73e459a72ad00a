/** The whole screen as lines by region: state in, lines out. Components only place what this gives. */

import { layout } from '../store/layout.ts';
import { placeOf } from '../store/press-key.ts';
import type { State } from '../store/state.ts';
import { columnListLines } from './column-list-lines.ts';
import { footerLines } from './footer-lines.ts';
import type { Glyphs } from './glyphs.ts';
import { headerLines } from './header-lines.ts';
import { helpLines } from './help-lines.ts';
import { insightLines } from './insight-lines.ts';
import { blankLine, cutLine, type Line, lineWidth, piece, wrapText } from './line.ts';
import { paneLines } from './pane-lines.ts';
import { personLines } from './person-lines.ts';
import { copyLines, logLines, pickLines, presetLines, queryLines } from './query-lines.ts';
import { requestLines } from './request-lines.ts';
import { signInPage } from './sign-in-lines.ts';
import { stepperLines } from './stepper-lines.ts';
import { tableLines } from './table-lines.ts';
import { plainTextLines } from './text-page.ts';

/** From top to bottom; the pane may stand beside the table. Regions that are not there have no lines. */
export const regionNames = ['page', 'header', 'panel', 'table', 'pane', 'footer'] as const;
export type RegionName = (typeof regionNames)[number];

export interface Region {
  readonly width: number;
  readonly lines: readonly Line[];
}

export interface ScreenRegions {
  readonly paneBeside: boolean;
  readonly regions: { readonly [name in RegionName]: Region };
}

export function screenRegions(state: State, glyphs: Glyphs): ScreenRegions {
  const { size, overlay } = state;
  const places = layout(state);
  if (places.tooSmall) {
    const text = `${size.columns}x${size.rows} is too small: 40x10 is the least. Nothing is lost. q quits.`;
    return pageOf(
      state,
      wrapText(text, Math.max(1, size.columns)).map((line) => [piece(line)]),
      [],
    );
  }
  const footer = footerLines(state, glyphs);
  if (overlay?.kind === 'help') {
    return pageOf(state, helpLines(size.columns, glyphs, state.settings.keys).slice(overlay.scroll), footer.slice(-1));
  }
  if (overlay?.kind === 'requests') {
    return pageOf(state, requestLines(state, overlay.id, size.rows - 1, glyphs), footer.slice(-1));
  }
  if (overlay?.kind === 'person') {
    return pageOf(state, personLines(state, size.columns).slice(overlay.scroll), footer.slice(-1));
  }
  if (overlay?.kind === 'text') {
    const lines = plainTextLines(overlay.text, size.columns).slice(overlay.scroll);
    // Why it is shown and not copied goes before the keys.
    return pageOf(state, lines, state.notice === null ? footer.slice(-1) : footer.slice(0, 1));
  }
  if (placeOf(state) === 'signIn') return pageOf(state, signInLines(state), footer);
  if (state.insight && overlay === null) return pageOf(state, insightLines(state, state.insight, glyphs), footer);
  const { columns } = size;
  return {
    paneBeside: places.pane?.place === 'right',
    regions: {
      page: nothing,
      header: { width: columns, lines: headerLines(state, glyphs) },
      panel: {
        width: columns,
        lines: panelLines(state, places.panelRows, glyphs),
      },
      table: { width: places.table?.width ?? 0, lines: tableLines(state, glyphs) },
      pane: { width: places.pane?.width ?? 0, lines: paneLines(state, glyphs) },
      footer: { width: columns, lines: footer },
    },
  };
}

/** What chooses the filter or the columns, over the table. */
function panelLines(state: State, height: number, glyphs: Glyphs): readonly Line[] {
  const { overlay } = state;
  if (overlay?.kind === 'filter') return stepperLines(state, overlay.stepper, height, glyphs);
  if (overlay?.kind === 'copy') return copyLines(state, overlay.menu, height, glyphs);
  if (overlay?.kind === 'query') return queryLines(state, overlay.bar, height, glyphs);
  if (overlay?.kind === 'logs') return logLines(state, overlay.index, height, glyphs);
  if (overlay?.kind === 'presets') return presetLines(state, overlay.index, height, glyphs);
  if (overlay?.kind === 'columnList') return columnListLines(state, overlay.column, height, glyphs);
  return overlay?.kind === 'pick' ? pickLines(state, overlay.picker, height, glyphs) : [];
}

const nothing: Region = { width: 0, lines: [] };

/** One text over the whole screen but its last lines; as high as the screen, whatever the text. */
function pageOf({ size }: State, text: readonly Line[], footer: readonly Line[]): ScreenRegions {
  const lines = Array.from({ length: Math.max(0, size.rows - footer.length) }, (_, index) =>
    cutLine(text[index] ?? blankLine, size.columns, ''),
  );
  const regions = {
    page: { width: size.columns, lines },
    header: nothing,
    panel: nothing,
    table: nothing,
    pane: nothing,
    footer: { width: size.columns, lines: footer },
  };
  return { paneBeside: false, regions };
}

/** The QR code stands to the right of the text, under it when that fits, and is left out where neither does. */
function signInLines(state: State): readonly Line[] {
  const { lines, qrCode } = signInPage(state);
  const { columns, rows } = state.size;
  const textWidth = Math.max(...lines.map(lineWidth));
  const qrWidth = qrCode[0]?.length ?? 0;
  const fitsBeside = textWidth + qrWidth + 4 <= columns;
  if (fitsBeside) {
    return Array.from({ length: Math.max(lines.length, qrCode.length + 1) }, (_, index): Line => {
      const line = lines[index] ?? [];
      const qrLine = qrCode[index - 1];
      return qrLine === undefined ? line : [...line, piece(' '.repeat(textWidth + 4 - lineWidth(line))), piece(qrLine)];
    });
  }
  if (lines.length + qrCode.length + 3 > rows) return lines;
  return [...lines, [], ...qrCode.map((line): Line => [piece(`  ${line}`)])];
}
