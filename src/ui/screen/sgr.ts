/**
 * Styles to and from "select graphic rendition" sequences (`CSI … m`, ECMA-48 8.3.117): reads what chalk and Ink write,
 * and writes the shortest change from one style to the next. Must not know what is drawn where.
 */
import {
  BG_MASK,
  BOLD,
  CONCEAL,
  DIM,
  FG_MASK,
  INVERSE,
  ITALIC,
  PLAIN,
  type Style,
  UNDERLINE,
  withBg,
  withFg,
} from './style.ts';

/**
 * The style after the parameters of one sequence (what stands between `CSI` and `m`, such as `1;38;5;196`) are applied
 * to `current`. Parameters that mean nothing here are skipped.
 */
export function applySgr(current: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map((text) => (text === '' ? 0 : Number(text)));
  let result = current;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 38 || code === 48) {
      const wide = extendedColour(codes, i + 1);
      i += wide.used;
      if (wide.colour !== null) result = code === 38 ? withFg(result, wide.colour) : withBg(result, wide.colour);
    } else {
      result = applyCode(result, code);
    }
  }
  return result;
}

/**
 * The sequence that turns a terminal in style `from` into one in style `to`; empty when there is nothing to do. `from`
 * is null when the terminal's style is not known. `endsAttributes`: whether the terminal can end one attribute by itself.
 */
export function sgrBetween(from: Style | null, to: Style, endsAttributes = true): string {
  if (from === to) return '';
  if (to === PLAIN) return '\x1b[m';
  const afresh = `\x1b[0;${changes(PLAIN, to).join(';')}m`;
  if (from === null || (!endsAttributes && (from & ~to & ATTRIBUTES) !== 0)) return afresh;
  const changed = `\x1b[${changes(from, to).join(';')}m`;
  return changed.length <= afresh.length ? changed : afresh;
}

function applyCode(current: Style, code: number): Style {
  if (code >= 30 && code <= 37) return withFg(current, code - 29);
  if (code >= 90 && code <= 97) return withFg(current, code - 81);
  if (code >= 40 && code <= 47) return withBg(current, code - 39);
  if (code >= 100 && code <= 107) return withBg(current, code - 91);
  switch (code) {
    case 0:
      return PLAIN;
    case 1:
      return current | BOLD;
    case 2:
      return current | DIM;
    case 3:
      return current | ITALIC;
    case 4:
      return current | UNDERLINE;
    case 7:
      return current | INVERSE;
    case 8:
      return current | CONCEAL;
    case 22:
      return current & ~(BOLD | DIM);
    case 23:
      return current & ~ITALIC;
    case 24:
      return current & ~UNDERLINE;
    case 27:
      return current & ~INVERSE;
    case 28:
      return current & ~CONCEAL;
    case 39:
      return withFg(current, 0);
    case 49:
      return withBg(current, 0);
    default:
      return current;
  }
}

const ATTRIBUTES = BOLD | DIM | ITALIC | UNDERLINE | INVERSE;

const ON_OFF = [
  [ITALIC, 3, 23],
  [UNDERLINE, 4, 24],
  [INVERSE, 7, 27],
] as const;

function changes(from: Style, to: Style): readonly number[] {
  const codes: number[] = [];
  const lost = from & ~to;
  let bright = from;
  if ((lost & (BOLD | DIM)) !== 0) {
    // One code ends both, so what stays has to be said again.
    codes.push(22);
    bright = PLAIN;
  }
  if ((to & BOLD) !== 0 && (bright & BOLD) === 0) codes.push(1);
  if ((to & DIM) !== 0 && (bright & DIM) === 0) codes.push(2);
  for (const [bit, on, off] of ON_OFF) {
    if ((from & bit) !== (to & bit)) codes.push((to & bit) === 0 ? off : on);
  }
  if ((from & FG_MASK) !== (to & FG_MASK)) codes.push(colourCode(to & FG_MASK, 30));
  if ((from & BG_MASK) !== (to & BG_MASK)) codes.push(colourCode((to & BG_MASK) >> 5, 40));
  return codes;
}

function colourCode(colour: number, base: 30 | 40): number {
  if (colour === 0) return base + 9;
  return colour <= 8 ? base + colour - 1 : base + 60 + colour - 9;
}

function extendedColour(
  codes: readonly number[],
  at: number,
): { readonly colour: number | null; readonly used: number } {
  if (codes[at] === 5) return { colour: indexedColour(codes[at + 1] ?? 0), used: 2 };
  if (codes[at] === 2) {
    return { colour: nearestColour(codes[at + 1] ?? 0, codes[at + 2] ?? 0, codes[at + 3] ?? 0), used: 4 };
  }
  return { colour: null, used: 0 };
}

const CUBE_LEVELS = [0, 95, 135, 175, 215, 255];

/** The nearest of the 16 for a colour of the 256-colour palette: 16 named, a 6×6×6 cube, 24 greys. */
function indexedColour(index: number): number {
  if (index < 16) return index + 1;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return nearestColour(grey, grey, grey);
  }
  const cube = index - 16;
  const level = (n: number) => CUBE_LEVELS[n % 6] ?? 0;
  return nearestColour(level(Math.floor(cube / 36)), level(Math.floor(cube / 6)), level(cube));
}

/** xterm's values for the 16 colours; terminals differ, but not enough to change which one is nearest. */
const PALETTE = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
] as const;

function nearestColour(red: number, green: number, blue: number): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  PALETTE.forEach(([r, g, b], index) => {
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < least) {
      least = distance;
      nearest = index + 1;
    }
  });
  return nearest;
}
