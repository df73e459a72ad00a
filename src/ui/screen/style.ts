/**
 * How a cell looks, packed in one number, so that cells compare with `===`. Knows the 16 ANSI colours and five
 * attributes; richer colours are mapped to the nearest of the 16. Knows nothing of cells or of the terminal's state.
 */

/**
 * Bits 0–4 foreground, 5–9 background (0 = the terminal's own, 1–8 the dark colours, 9–16 the bright ones), then one bit
 * per attribute. `PLAIN` is 0.
 */
export type Style = number;

export const COLOURS = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'blackBright',
  'redBright',
  'greenBright',
  'yellowBright',
  'blueBright',
  'magentaBright',
  'cyanBright',
  'whiteBright',
] as const;

export type Colour = (typeof COLOURS)[number];

export interface StyleParts {
  readonly fg?: Colour | undefined;
  readonly bg?: Colour | undefined;
  readonly bold?: boolean | undefined;
  readonly dim?: boolean | undefined;
  readonly italic?: boolean | undefined;
  readonly underline?: boolean | undefined;
  readonly inverse?: boolean | undefined;
}

export const PLAIN: Style = 0;

const BG_SHIFT = 5;
const COLOUR_MASK = 0b11111;
export const FG_MASK = COLOUR_MASK;
export const BG_MASK = COLOUR_MASK << BG_SHIFT;
export const BOLD = 1 << 10;
export const DIM = 1 << 11;
export const ITALIC = 1 << 12;
export const UNDERLINE = 1 << 13;
export const INVERSE = 1 << 14;
/** Never drawn: marks the placeholders of painted rows inside a frame of Ink. */
export const CONCEAL = 1 << 15;

const SHOWS_ON_BLANKS = BG_MASK | UNDERLINE | INVERSE;

/** The packed style for these parts; what is left out is as the terminal has it. */
export function style(parts: StyleParts): Style {
  return (
    colourNumber(parts.fg) |
    (colourNumber(parts.bg) << BG_SHIFT) |
    (parts.bold ? BOLD : 0) |
    (parts.dim ? DIM : 0) |
    (parts.italic ? ITALIC : 0) |
    (parts.underline ? UNDERLINE : 0) |
    (parts.inverse ? INVERSE : 0)
  );
}

export interface AllStyleParts {
  readonly fg: Colour | undefined;
  readonly bg: Colour | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
}

/** The parts of a packed style: the opposite of `style`. */
export function styleParts(packed: Style): AllStyleParts {
  return {
    fg: COLOURS[(packed & FG_MASK) - 1],
    bg: COLOURS[((packed & BG_MASK) >> BG_SHIFT) - 1],
    bold: (packed & BOLD) !== 0,
    dim: (packed & DIM) !== 0,
    italic: (packed & ITALIC) !== 0,
    underline: (packed & UNDERLINE) !== 0,
    inverse: (packed & INVERSE) !== 0,
  };
}

/** The same style without its colours: bold, dim, italic, underline and inverse stay. */
export function withoutColour(packed: Style): Style {
  return packed & ~(FG_MASK | BG_MASK);
}

/** Whether a space in this style looks different from an untouched cell. */
export function showsOnBlanks(packed: Style): boolean {
  return (packed & SHOWS_ON_BLANKS) !== 0;
}

/** `packed` with another foreground, as the colour's number (0 = the terminal's own, 1 to 16). */
export function withFg(packed: Style, colour: number): Style {
  return (packed & ~FG_MASK) | colour;
}

/** `packed` with another background, as the colour's number (0 = the terminal's own, 1 to 16). */
export function withBg(packed: Style, colour: number): Style {
  return (packed & ~BG_MASK) | (colour << BG_SHIFT);
}

function colourNumber(colour: Colour | undefined): number {
  return colour === undefined ? 0 : COLOURS.indexOf(colour) + 1;
}
