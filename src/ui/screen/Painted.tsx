/**
 * Finished lines in Ink's layout. Under `mountApp` it only reserves the room and hands the lines to the screen, which
 * spares Ink from measuring them; elsewhere it draws them as text. Must not clean or lay out anything.
 */
import { Box, Text } from 'ink';
import { createElement, Fragment, type ReactNode, useContext, useInsertionEffect, useState } from 'react';
import { PaintContext } from './paint-context.ts';
import { MOST_PAINTED_ROWS, type PaintSlot, type PaintSlots, placeholders } from './paint-slots.ts';
import { fitLine, type PaintedLine } from './painted-line.ts';
import { styleParts } from './style.ts';

export interface PaintedProps {
  /** One per row, at most 510. Without control characters. */
  readonly lines: readonly PaintedLine[];
  /** Cells that each line covers: shorter ones are padded, longer ones cut. */
  readonly width: number;
  /** A slot of one's own, to paint into past React; otherwise the box has one of its own. */
  readonly slot?: PaintSlot | undefined;
}

/**
 * A box of `lines.length` rows and `width` columns. It may lie beside others, and over others that begin further left;
 * its left edge must not be clipped.
 */
export function Painted({ lines, width, slot }: PaintedProps): ReactNode {
  const slots = useContext(PaintContext);
  const rows = Math.min(lines.length, MOST_PAINTED_ROWS);
  return (
    <Box width={width} height={rows} flexShrink={0} flexDirection="column">
      {slots === null ? (
        <PlainLines lines={lines} width={width} />
      ) : (
        <Placeholders slots={slots} lines={lines} width={width} slot={slot} />
      )}
    </Box>
  );
}

function Placeholders({ slots, lines, width, slot }: PaintedProps & { readonly slots: PaintSlots }): ReactNode {
  const [own] = useState(() => slot ?? slots.open());
  useInsertionEffect(() => () => slots.close(own), [slots, own]);
  // An insertion effect, because Ink writes the frame before layout effects run; having an effect is also what makes Ink
  // write a frame when nothing but the lines changed.
  useInsertionEffect(() => slots.set(own, lines, width), [slots, own, lines, width]);
  return lines.length === 0 ? null : <Text>{placeholders(own, lines.length)}</Text>;
}

function PlainLines({ lines, width }: Omit<PaintedProps, 'slot'>): ReactNode {
  // Children as arguments need no keys: a line and a run have no identity but their place.
  return createElement(Fragment, null, ...lines.map((line) => createElement(PlainLine, { line, width })));
}

function PlainLine({ line, width }: { readonly line: PaintedLine; readonly width: number }): ReactNode {
  const runs = fitLine(line, width).map(({ text, style }) => {
    const { fg = '', bg = '', dim, ...attributes } = styleParts(style);
    return createElement(Text, { ...attributes, color: fg, backgroundColor: bg, dimColor: dim }, text);
  });
  return createElement(Text, { wrap: 'truncate' }, ...runs);
}
