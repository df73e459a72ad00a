/** Tones → looks: the 16 colours of the terminal's own palette, and none at all under NO_COLOR. */
import type { Line, Tone } from './line.ts';
import type { PaintedLine } from './screen/painted-line.ts';
import { type Style, style } from './screen/style.ts';

export type Theme = { readonly [tone in Tone]: Style };

const coloured: Theme = {
  plain: style({}),
  dim: style({ dim: true }),
  strong: style({ bold: true }),
  good: style({ fg: 'green' }),
  bad: style({ fg: 'red', bold: true }),
  warn: style({ fg: 'yellow' }),
  accent: style({ fg: 'cyan' }),
  cursor: style({ fg: 'cyan', bold: true }),
  found: style({ inverse: true }),
  title: style({ dim: true, underline: true }),
};

const plain: Theme = {
  plain: style({}),
  dim: style({}),
  strong: style({ bold: true }),
  good: style({}),
  bad: style({ bold: true }),
  warn: style({ bold: true }),
  accent: style({}),
  cursor: style({ bold: true }),
  found: style({ inverse: true }),
  title: style({ underline: true }),
};

export function themeOf(colour: boolean): Theme {
  return colour ? coloured : plain;
}

export function paint(line: Line, theme: Theme): PaintedLine {
  return line.map(({ text, tone }) => ({ text, style: theme[tone] }));
}
