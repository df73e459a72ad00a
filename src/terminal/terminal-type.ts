/**
 * What a kind of terminal understands, by the name in TERM: the only place that decides it. Without terminfo, which is not
 * installed everywhere and does not know half of this: a small table of families, and everything unknown counts as modern,
 * because terminals that are younger than this program imitate xterm. Pure.
 *
 * The families are from the manuals of the VT100 and VT220 (vt100.net), console_codes(4), and the entries of ncurses 6.
 */

export interface TerminalType {
  /** The cursor can be moved: a screen can be drawn. Otherwise there are only lines, one after the other. */
  readonly canDraw: boolean;
  readonly colour: boolean;
  /** Text beyond ASCII, where the locale has it too. */
  readonly unicode: boolean;
  /** Dim and italic, besides bold, underline and inverse (SGR 2 and 3). */
  readonly dim: boolean;
  /** An attribute can be ended by itself (SGR 22 to 27), not only all at once. */
  readonly endsAttributes: boolean;
  /** Insert line and delete line (CSI L, CSI M). */
  readonly movesLines: boolean;
  /** Erase characters (CSI X). */
  readonly erasesCells: boolean;
  /** The cursor can be moved to a column (CSI G). */
  readonly movesToColumn: boolean;
  /** The cursor can be hidden (mode 25). */
  readonly hidesCursor: boolean;
  /** A second screen, after which the first one is as it was (mode 1049). */
  readonly alternateScreen: boolean;
  /** Pasted text is marked as such (mode 2004). */
  readonly bracketedPaste: boolean;
  /** An update is shown in one go (mode 2026). */
  readonly synchronized: boolean;
  /** Text can be put on the clipboard (OSC 52), if the terminal allows it. */
  readonly clipboard: boolean;
}

/** xterm and all that imitate it, tmux and GNU screen among them: what they do not know of this they ignore. */
export const modernTerminal: TerminalType = {
  canDraw: true,
  colour: true,
  unicode: true,
  dim: true,
  endsAttributes: true,
  movesLines: true,
  erasesCells: true,
  movesToColumn: true,
  hidesCursor: true,
  alternateScreen: true,
  bracketedPaste: true,
  synchronized: true,
  clipboard: true,
};

const vt100: TerminalType = {
  canDraw: true,
  colour: false,
  unicode: false,
  dim: false,
  endsAttributes: false,
  movesLines: false,
  erasesCells: false,
  movesToColumn: false,
  hidesCursor: false,
  alternateScreen: false,
  bracketedPaste: false,
  synchronized: false,
  clipboard: false,
};

const linesOnly: TerminalType = { ...vt100, canDraw: false };

/** As in a cron job or a container: nothing is known of it, and the locale says which letters it has. */
const nameless: TerminalType = { ...linesOnly, unicode: true };

/** Serial consoles are called so by systemd, so behind it there is mostly a modern terminal: text may go beyond ASCII. */
const vt220: TerminalType = {
  ...vt100,
  unicode: true,
  endsAttributes: true,
  movesLines: true,
  erasesCells: true,
  hidesCursor: true,
};

/** The console of Linux and those of the BSDs. */
const console: TerminalType = {
  ...modernTerminal,
  alternateScreen: false,
  bracketedPaste: false,
  synchronized: false,
  clipboard: false,
};

/** What calls itself ansi has colours, and little else for certain. */
const ansi: TerminalType = { ...vt100, colour: true, movesLines: true };

/** M-x term of Emacs. */
const eterm: TerminalType = { ...ansi, unicode: true, endsAttributes: true };

const families: readonly (readonly [RegExp, TerminalType])[] = [
  [/^$/, nameless],
  [/^(dumb|unknown|network|dialup|plugboard|switch|emacs|vt52)(-|$)/, linesOnly],
  [/^vt102/, { ...vt100, movesLines: true }],
  [/^vt1/, vt100],
  [/^vt[2-5]/, vt220],
  [/^(linux|cons25|wsvt25|hurd|mach)/, console],
  [/^(ansi|pcansi|sun)(-|$)/, ansi],
  [/^eterm/, eterm],
];

/** The terminal that the environment names. Windows names none, and its consoles are modern. */
export function terminalTypeOf({ TERM = '', OS }: Readonly<Record<string, string | undefined>>): TerminalType {
  if (TERM === '' && OS === 'Windows_NT') return modernTerminal;
  return families.find(([name]) => name.test(TERM))?.[1] ?? modernTerminal;
}
