/** Checks of the terminal: what the full screen will find there, and whether copying gets through. Pure. */
import { type Finding, pass, skipped, warn } from './finding.ts';
import type { Environment, TerminalFacts } from './patient.ts';

/** Below, the screen shows nothing but a word. */
const SMALLEST = { columns: 40, rows: 10 };

export function terminalChecks(terminal: TerminalFacts | null, environment: Environment): readonly Finding[] {
  if (terminal === null) {
    const because = 'this is no terminal; the full screen needs one, list and tail do not';
    return [skipped('terminal', because), skipped('clipboard', 'this is no terminal')];
  }
  return [screenCheck(terminal, environment), clipboardCheck(environment)];
}

function screenCheck({ columns, rows, ascii, color }: TerminalFacts, environment: Environment): Finding {
  const { TERM = '', SSH_CONNECTION, SSH_TTY } = environment;
  const found = [
    `${columns}x${rows}`,
    TERM === '' ? 'TERM is not set' : TERM,
    ascii ? 'plain glyphs' : 'UTF-8',
    color ? '16 colours' : 'no colours',
    ...(SSH_CONNECTION || SSH_TTY ? ['over SSH'] : []),
  ].join(', ');
  if (columns < SMALLEST.columns || rows < SMALLEST.rows) {
    return warn('terminal', `${found}: too small for the full screen`, 'Make it 40x10 at least; 80x24 is comfortable.');
  }
  if (TERM === '' || TERM === 'dumb') {
    const fix = 'Set TERM to what the terminal is, e.g. xterm-256color; or use list and tail.';
    return warn('terminal', `${found}: it may not be able to draw the full screen`, fix);
  }
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
  if (ascii && locale !== '' && !/utf-?8/i.test(locale)) {
    const fix = 'For proper glyphs set a UTF-8 locale, e.g. LANG=C.UTF-8.';
    return warn('terminal', `${found}: the locale ${locale} is not UTF-8`, fix);
  }
  return pass('terminal', found);
}

/** OSC 52 is never answered: what can be told is what stands in its way. */
function clipboardCheck({ TMUX, TERM }: Environment): Finding {
  if (TMUX) {
    const found = 'by OSC 52 through tmux, if tmux lets it through (set-clipboard on, allow-passthrough on)';
    return pass('clipboard', found);
  }
  if (TERM?.startsWith('screen')) {
    return warn('clipboard', 'by OSC 52 through screen, which cuts long texts', 'Prefer tmux where you copy much.');
  }
  return pass('clipboard', 'by OSC 52, if the terminal takes it');
}
