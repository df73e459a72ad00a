/** The two lines at the bottom: news or a message, and the keys that count here. */
import { bindingOf, type KeyBinding, keyTable } from '../store/keys.ts';
import { placeOf } from '../store/press-key.ts';
import type { State } from '../store/state.ts';
import { cursorRow, rowCount } from '../store/table-cursor.ts';
import type { Glyphs } from './glyphs.ts';
import { keyName } from './key-names.ts';
import { cutLine, type Line, lineWidth, type Piece, piece, spread, told } from './line.ts';
import { clockText } from './time-text.ts';

export function footerLines(state: State, glyphs: Glyphs): readonly Line[] {
  return [messageLine(state, glyphs), keyLine(state, glyphs)];
}

function messageLine(state: State, glyphs: Glyphs): Line {
  const { columns } = state.size;
  const said = message(state, glyphs);
  const place = placeInTable(state);
  // Where both do not fit, a message is worth more than the place in the table.
  if (lineWidth(said) + lineWidth(place) < columns) return spread(said, place, columns, glyphs.ellipsis);
  return cutLine(said, columns, glyphs.ellipsis);
}

/** What is most urgent to say: the prompt, a word to the last key, trouble, news. */
function message(state: State, glyphs: Glyphs): Line {
  const { overlay, notice, signIn, feed, table, settings } = state;
  if (overlay?.kind === 'search') return promptLine(overlay.edit.text, overlay.edit.cursor);
  if (notice) return [piece(' '), told(notice.text, 'accent')];
  if (signIn.kind === 'signedOut') {
    const since = clockText(signIn.sinceMs, settings.timeZone);
    return [piece(` Signed out ${since}. Rows stay. L signs in again. `, 'bad'), told(signIn.problem.title, 'dim')];
  }
  if (feed.load.kind === 'failed') {
    const { title, todo } = feed.load.problem;
    return [piece(' '), told(title, 'bad'), piece(' '), told(todo)];
  }
  if (table.news.events > 0) {
    const failed = table.news.failed > 0 ? ` (${table.news.failed} failed)` : '';
    return [piece(` ${glyphs.news} ${table.news.events} new${failed}`, 'accent'), piece('  g shows them', 'dim')];
  }
  if (feed.unreadableRows > 0)
    return [piece(` ${feed.unreadableRows} rows without an id or a time were left out`, 'warn')];
  return [];
}

/** The typed text with the cursor as a reversed cell. */
function promptLine(text: string, cursor: number): Line {
  const points = [...text];
  return [
    piece(' search: ', 'strong'),
    told(points.slice(0, cursor).join('')),
    told(points[cursor] ?? ' ', 'found'),
    told(points.slice(cursor + 1).join('')),
  ];
}

function placeInTable(state: State): Line {
  const count = rowCount(state);
  if (count === 0) return [];
  const place = `${(cursorRow(state) + 1).toLocaleString('en')} of ${count.toLocaleString('en')}`;
  const { backfill } = state.feed;
  const older = backfill.complete
    ? ''
    : backfill.pagesWanted > backfill.pagesRead
      ? ', reading older'
      : ', older not read yet';
  return [piece(`${state.table.follow ? 'following  ' : ''}${place}${older} `, 'dim')];
}

/** As many hints of the place as fit; help and quit always. */
function keyLine(state: State, glyphs: Glyphs): Line {
  const place = placeOf(state);
  const always = place === 'search' || place === 'help' ? [] : ['?', 'q'].flatMap((key) => bindingOf(place, key) ?? []);
  const own = keyTable.filter(
    (binding) => binding.place === place && binding.hint !== null && !always.includes(binding),
  );
  const last = always.flatMap((binding) => hintPieces(binding, glyphs));
  const { columns } = state.size;
  const line: Piece[] = [piece(' ')];
  for (const binding of own) {
    const hint = hintPieces(binding, glyphs);
    if (lineWidth([...line, ...hint, ...last]) > columns) break;
    line.push(...hint);
  }
  return cutLine([...line, ...last], columns, glyphs.ellipsis);
}

function hintPieces(binding: KeyBinding, glyphs: Glyphs): readonly Piece[] {
  return [piece(keyName(binding.keys[0] ?? '', glyphs), 'strong'), piece(` ${binding.hint ?? ''}   `, 'dim')];
}
