/**
 * Bytes of the keyboard → key presses. Pure: what is not complete stays in the state until the next bytes, or until
 * `expire` says that no more came. Sequences that are no key (replies of the terminal, unknown ones) are swallowed whole.
 */
import { type KeyPress, key } from './key-press.ts';
import { collectPaste, emptyPaste, type PasteBytes, pastedText } from './paste.ts';
import { comesLate, controlKey, csiKey, ss3Key } from './sequences.ts';

export type ParserState =
  | { readonly kind: 'ground' }
  /** In the middle of a character. */
  | { readonly kind: 'utf8'; readonly bytes: readonly number[]; readonly missing: number; readonly alt: boolean }
  /** After Esc; `alt` after two of them. */
  | { readonly kind: 'escape'; readonly alt: boolean }
  | { readonly kind: 'csi' | 'ss3'; readonly body: string; readonly alt: boolean }
  /** In a reply that ends with BEL or ST. `empty`: nothing but its introducer so far. */
  | { readonly kind: 'string'; readonly introducer: string; readonly empty: boolean; readonly escaped: boolean }
  /** In a mouse report of the oldest kind, three bytes long. */
  | { readonly kind: 'mouse'; readonly missing: number }
  | { readonly kind: 'paste'; readonly paste: PasteBytes }
  /** An Esc was taken for the key; what would have followed it may still come. */
  | { readonly kind: 'afterEsc' }
  | { readonly kind: 'late'; readonly introducer: '[' | 'O'; readonly body: string };

export type Parsed = readonly [state: ParserState, keys: readonly KeyPress[]];

export const GROUND: ParserState = { kind: 'ground' };

const ESC = 0x1b;
const LONGEST_BODY = 64;
/** What a reply of the terminal begins with, after OSC, DCS or APC: anything else was Alt and a key. */
const STRING_STARTS: ReadonlyMap<string, RegExp> = new Map([
  [']', /[\dlLI]/],
  ['P', /[\d>!$+=?|]/],
  ['_', /G/],
]);

/** The keys in `bytes`, and the state for the bytes after them. */
export function parse(state: ParserState, bytes: Uint8Array): Parsed {
  const keys: KeyPress[] = [];
  let current = state;
  let i = 0;
  while (i < bytes.length) {
    if (current.kind === 'paste') {
      const { paste, end } = collectPaste(current.paste, bytes, i);
      if (end === null) return [{ kind: 'paste', paste }, keys];
      keys.push({ kind: 'paste', text: pastedText(paste) });
      current = GROUND;
      i = end;
    } else {
      current = step(current, bytes[i] ?? 0, keys);
      i++;
    }
  }
  return [current, keys];
}

/** How long to wait for more bytes in this state before it expires, in milliseconds; null when nothing is open. */
export function patienceMs(state: ParserState): number | null {
  switch (state.kind) {
    case 'ground':
      return null;
    case 'escape':
    case 'late':
      return 50;
    case 'afterEsc':
      return 500;
    case 'paste':
      return 5000;
    default:
      return 1000;
  }
}

/** No more bytes came: what is open is told as keys, or given up. */
export function expire(state: ParserState): Parsed {
  switch (state.kind) {
    case 'escape':
      return [{ kind: 'afterEsc' }, state.alt ? [key('esc'), key('esc')] : [key('esc')]];
    case 'late':
      return [GROUND, state.body === '' ? [key(state.introducer)] : []];
    case 'csi':
    case 'ss3':
      return [GROUND, state.body === '' ? [key(state.kind === 'csi' ? 'alt+[' : 'alt+O')] : []];
    case 'string':
      return [GROUND, state.empty ? [key(`alt+${state.introducer}`)] : []];
    case 'paste':
      return [GROUND, [{ kind: 'paste', text: pastedText(state.paste) }]];
    default:
      return [GROUND, []];
  }
}

type StateOf<Kind extends ParserState['kind']> = Extract<ParserState, { readonly kind: Kind }>;

function step(state: Exclude<ParserState, StateOf<'paste'>>, byte: number, keys: KeyPress[]): ParserState {
  switch (state.kind) {
    case 'ground':
      return atRest(byte, false, keys);
    case 'utf8':
      return inCharacter(state, byte, keys);
    case 'escape':
      return afterEscape(state, byte, keys);
    case 'csi':
    case 'ss3':
      return inSequence({ ...state, kind: state.kind }, byte, keys);
    case 'string':
      return inString(state, byte, keys);
    case 'mouse':
      return state.missing > 1 ? { kind: 'mouse', missing: state.missing - 1 } : GROUND;
    case 'afterEsc':
      return byte === 0x5b || byte === 0x4f
        ? { kind: 'late', introducer: byte === 0x5b ? '[' : 'O', body: '' }
        : atRest(byte, false, keys);
    case 'late':
      return inLateSequence(state, byte, keys);
  }
}

function atRest(byte: number, alt: boolean, keys: KeyPress[]): ParserState {
  if (byte === ESC) return { kind: 'escape', alt };
  if (byte < 0x20 || byte === 0x7f) tell(controlKey(byte), alt, keys);
  else if (byte < 0x7f) tell(byte === 0x20 ? 'space' : String.fromCharCode(byte), alt, keys);
  else if (byte >= 0xc2 && byte <= 0xf4) {
    return { kind: 'utf8', bytes: [byte], missing: byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1, alt };
  }
  return GROUND;
}

function inCharacter({ bytes, missing, alt }: StateOf<'utf8'>, byte: number, keys: KeyPress[]): ParserState {
  // Not UTF-8: what began is dropped, and the byte stands for itself.
  if (byte < 0x80 || byte > 0xbf) return atRest(byte, false, keys);
  const all = [...bytes, byte];
  if (missing > 1) return { kind: 'utf8', bytes: all, missing: missing - 1, alt };
  const character = new TextDecoder().decode(Uint8Array.from(all));
  if (/^[^\p{Cc}\ufffd]$/u.test(character)) tell(character, alt, keys);
  return GROUND;
}

function afterEscape({ alt }: StateOf<'escape'>, byte: number, keys: KeyPress[]): ParserState {
  const character = String.fromCharCode(byte);
  if (character === '[') return { kind: 'csi', body: '', alt };
  if (character === 'O') return { kind: 'ss3', body: '', alt };
  if (alt) keys.push(key('esc'));
  if (STRING_STARTS.has(character)) return { kind: 'string', introducer: character, empty: true, escaped: false };
  return atRest(byte, true, keys);
}

function inSequence({ kind, body, alt }: StateOf<'csi' | 'ss3'>, byte: number, keys: KeyPress[]): ParserState {
  // Sequences hold no control characters: it was cut off, or never was one.
  if (byte < 0x20 || byte > 0x7e) return byte === 0x18 || byte === 0x1a ? GROUND : atRest(byte, false, keys);
  const character = String.fromCharCode(byte);
  const linuxFunctionKey = kind === 'csi' && body === '' && character === '[';
  const rxvtShift = kind === 'csi' && character === '$' && /^\d+$/.test(body);
  const inside = kind === 'csi' ? byte < 0x40 && !rxvtShift : /[\d;]/.test(character);
  if (linuxFunctionKey || inside) {
    return { kind, body: body.length < LONGEST_BODY ? body + character : body, alt };
  }
  if (kind === 'csi' && character === 'M' && body === '') return { kind: 'mouse', missing: 3 };
  if (kind === 'csi' && character === '~' && body === '200') return { kind: 'paste', paste: emptyPaste };
  const name = kind === 'csi' ? csiKey(body, character) : ss3Key(body, character);
  if (name !== null) tell(name, alt, keys);
  return GROUND;
}

function inString(state: StateOf<'string'>, byte: number, keys: KeyPress[]): ParserState {
  const { introducer, empty, escaped } = state;
  const character = String.fromCharCode(byte);
  if (empty && !STRING_STARTS.get(introducer)?.test(character)) {
    keys.push(key(`alt+${introducer}`));
    return atRest(byte, false, keys);
  }
  if (escaped) return character === '\\' ? GROUND : afterEscape({ kind: 'escape', alt: false }, byte, keys);
  if (byte === 0x07 || byte === 0x18 || byte === 0x1a) return GROUND;
  return { kind: 'string', introducer, empty: false, escaped: byte === ESC };
}

/** What comes after an Esc that was told as a key: the rest of an arrow, or keys of their own. */
function inLateSequence({ introducer, body }: StateOf<'late'>, byte: number, keys: KeyPress[]): ParserState {
  const character = String.fromCharCode(byte);
  if (/[\d;]/.test(character)) {
    return { kind: 'late', introducer, body: body.length < LONGEST_BODY ? body + character : body };
  }
  const name = introducer === '[' ? csiKey(body, character) : ss3Key(body, character);
  if (name !== null && comesLate(character)) {
    keys.push(key(name));
    return GROUND;
  }
  if (body === '') keys.push(key(introducer));
  return atRest(byte, false, keys);
}

function tell(name: string, alt: boolean, keys: KeyPress[]): void {
  if (!alt) keys.push(key(name));
  else if (name.startsWith('ctrl+')) keys.push(key(`ctrl+alt+${name.slice('ctrl+'.length)}`));
  else keys.push(key(`alt+${name}`));
}
