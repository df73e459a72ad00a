/** Checks of the terminal: what the full screen will find there, and whether copying gets through. Pure. */
import { type ClipboardRoute, clipboardRouteOf } from '../terminal/clipboard.ts';
import { terminalTypeOf } from '../terminal/terminal-type.ts';
import { type Finding, pass, skipped, warn } from './finding.ts';
import type { Environment, TerminalFacts } from './patient.ts';

/** Below, the screen shows nothing but a word. */
const SMALLEST = { columns: 40, rows: 10 };

export function terminalChecks(terminal: TerminalFacts | null, environment: Environment): readonly Finding[] {
  if (terminal === null) {
    const because = 'this is no terminal; the full screen needs one, list and tail do not';
    return [skipped('terminal', because), skipped('clipboard', 'this is no terminal')];
  }
  return [screenCheck(terminal, environment), clipboardCheck(clipboardRouteOf(environment))];
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
  if (!terminalTypeOf(environment).canDraw) {
    const fix = 'If it can draw, set TERM to what the terminal is, e.g. xterm-256color.';
    return warn('terminal', `${found}: it gets lines, as with --screen-reader, instead of a screen`, fix);
  }
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
  if (ascii && locale !== '' && !/utf-?8/i.test(locale)) {
    const fix = 'For proper glyphs set a UTF-8 locale, e.g. LANG=C.UTF-8.';
    return warn('terminal', `${found}: the locale ${locale} is not UTF-8`, fix);
  }
  return pass('terminal', found);
}

/** OSC 52 is never answered: what can be told is what stands in its way. */
function clipboardCheck(route: ClipboardRoute): Finding {
  switch (route.kind) {
    case 'none':
      return warn('clipboard', route.reason, 'What is copied is shown, to be selected there.');
    case 'direct':
      return pass('clipboard', 'by OSC 52, if the terminal takes it');
    case 'tmux':
      return pass(
        'clipboard',
        'by OSC 52 through tmux, if tmux takes it (set -g set-clipboard on) or lets it through (allow-passthrough on)',
      );
    case 'screen':
    case 'tmuxOrScreen':
      return pass('clipboard', 'by OSC 52 through screen or tmux, if the terminal outside takes it');
  }
}
