/**
 * Which key an escape sequence stands for, in the dialects of xterm, rxvt, the Linux console and application mode. Tables
 * only; must not know how sequences arrive.
 */

/** Last letter of `CSI … letter` and `SS3 letter`. */
const BY_LETTER: ReadonlyMap<string, string> = new Map([
  ['A', 'up'],
  ['B', 'down'],
  ['C', 'right'],
  ['D', 'left'],
  ['F', 'end'],
  ['H', 'home'],
  ['P', 'f1'],
  ['Q', 'f2'],
  ['R', 'f3'],
  ['S', 'f4'],
]);

/** The number of `CSI number ~`. */
const BY_NUMBER: ReadonlyMap<string, string> = new Map([
  ['1', 'home'],
  ['2', 'insert'],
  ['3', 'delete'],
  ['4', 'end'],
  ['5', 'pageup'],
  ['6', 'pagedown'],
  ['7', 'home'],
  ['8', 'end'],
  ['11', 'f1'],
  ['12', 'f2'],
  ['13', 'f3'],
  ['14', 'f4'],
  ['15', 'f5'],
  ['17', 'f6'],
  ['18', 'f7'],
  ['19', 'f8'],
  ['20', 'f9'],
  ['21', 'f10'],
  ['23', 'f11'],
  ['24', 'f12'],
]);

/** The number pad in application mode, `SS3 letter`. */
const KEYPAD: ReadonlyMap<string, string> = new Map([
  ['M', 'enter'],
  ['I', 'tab'],
  ['j', '*'],
  ['k', '+'],
  ['l', ','],
  ['m', '-'],
  ['n', '.'],
  ['o', '/'],
  ['X', '='],
  [' ', 'space'],
]);

/** rxvt tells modifiers by the last character. */
const RXVT_MODIFIERS: ReadonlyMap<string, string> = new Map([
  ['$', 'shift+'],
  ['^', 'ctrl+'],
  ['@', 'ctrl+shift+'],
]);
const RXVT_ARROWS: ReadonlyMap<string, string> = new Map([
  ['a', 'up'],
  ['b', 'down'],
  ['c', 'right'],
  ['d', 'left'],
]);
const LINUX_FUNCTION_KEYS = 'ABCDE';

/**
 * The key for `CSI body final` (`body` is what stands between); null for what is no key: replies of the terminal, mouse,
 * focus, unknown ones.
 */
export function csiKey(body: string, final: string): string | null {
  if (body === '' && final === 'Z') return 'shift+tab';
  if (body === '' && RXVT_ARROWS.get(final)) return `shift+${RXVT_ARROWS.get(final)}`;
  if (body.startsWith('[')) {
    const index = LINUX_FUNCTION_KEYS.indexOf(final);
    return body === '[' && index !== -1 ? `f${index + 1}` : null;
  }
  if (!/^[\d;:]*$/.test(body)) return null;
  const [number = '', modifiers = '', code = ''] = body.split(';');
  if (final === '~' && number === '27') return characterKey(code, modifiers);
  if (final === 'u') return characterKey(number, modifiers);
  if (final === '~') return named(BY_NUMBER.get(number), modifiers);
  const rxvt = RXVT_MODIFIERS.get(final);
  if (rxvt) return BY_NUMBER.get(number) ? rxvt + BY_NUMBER.get(number) : null;
  // A cursor position report ends like a modified F3, so that R counts only without numbers.
  if (final === 'R' && body !== '') return null;
  return number === '' || number === '1' ? named(BY_LETTER.get(final), modifiers) : null;
}

/** The key for `SS3 body final`; null for unknown ones. */
export function ss3Key(body: string, final: string): string | null {
  if (RXVT_ARROWS.get(final) && body === '') return `ctrl+${RXVT_ARROWS.get(final)}`;
  const digit = final >= 'p' && final <= 'y' ? String(final.charCodeAt(0) - 'p'.charCodeAt(0)) : undefined;
  return named(BY_LETTER.get(final) ?? KEYPAD.get(final) ?? digit, body.split(';').at(-1) ?? '');
}

/** Whether the sequence is one of those that come late on a slow line, after its Esc was taken for the key: arrows and the like. */
export function comesLate(final: string): boolean {
  return 'ABCDFHZ~'.includes(final);
}

/** The key for a control character, 0x00 to 0x1f or 0x7f. */
export function controlKey(byte: number): string {
  switch (byte) {
    case 0x00:
      return 'ctrl+space';
    case 0x08:
    case 0x7f:
      return 'backspace';
    case 0x09:
      return 'tab';
    case 0x0a:
    case 0x0d:
      return 'enter';
    case 0x1b:
      return 'esc';
    default:
      return `ctrl+${String.fromCharCode(byte + 0x40).toLowerCase()}`;
  }
}

/** A key reported by the code of its character (xterm's modifyOtherKeys, kitty's `CSI u`). */
function characterKey(code: string, modifiers: string): string | null {
  const point = Number.parseInt(code, 10);
  if (!(point > 0 && point <= 0x10ffff) || (point >= 0xd800 && point <= 0xdfff)) return null;
  if (point < 0x20 || point === 0x7f) return named(controlKey(point), modifiers);
  const character = point === 0x20 ? 'space' : String.fromCodePoint(point);
  const { shift, alt, ctrl } = modifiersOf(modifiers);
  const shifted = shift && !ctrl ? character.toUpperCase() : character;
  const name = point === 0x20 ? character : shifted;
  return `${ctrl ? 'ctrl+' : ''}${alt ? 'alt+' : ''}${name}`;
}

function named(name: string | undefined, modifiers: string): string | null {
  if (name === undefined) return null;
  const { shift, alt, ctrl } = modifiersOf(modifiers);
  return `${ctrl ? 'ctrl+' : ''}${alt ? 'alt+' : ''}${shift ? 'shift+' : ''}${name}`;
}

/** xterm counts modifiers as 1 + shift 1 + alt 2 + ctrl 4 (+ meta 8). */
function modifiersOf(text: string): { readonly shift: boolean; readonly alt: boolean; readonly ctrl: boolean } {
  const bits = Math.max(0, (Number.parseInt(text, 10) || 1) - 1);
  return { shift: (bits & 1) !== 0, alt: (bits & 10) !== 0, ctrl: (bits & 4) !== 0 };
}
