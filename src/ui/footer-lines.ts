/** The two lines at the bottom: news or a message, and the keys that count here. */
import type { CommandName } from '../store/commands.ts';
import { hitPlace } from '../store/commands-search.ts';
import { bindingOf, type KeyBinding, typingPlaces } from '../store/keys.ts';
import type { LineEdit } from '../store/line-edit.ts';
import { placeOf } from '../store/press-key.ts';
import { coveredOf } from '../store/select-feed-request.ts';
import { shownZone } from '../store/shown-zone.ts';
import type { State } from '../store/state.ts';
import { cursorRow, rowCount } from '../store/table-cursor.ts';
import { isNewestFirst } from '../store/unit.ts';
import { titleOf } from './event-columns.ts';
import type { Glyphs } from './glyphs.ts';
import { keyName } from './key-names.ts';
import { cutLine, type Line, lineWidth, type Piece, piece, spread, told } from './line.ts';
import { aroundCursor, promptLine } from './prompt-line.ts';
import { shownDayClock } from './shown-time.ts';
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
  const { overlay, notice, signIn, feed, table } = state;
  if (overlay?.kind === 'filter' && overlay.stepper.range) return prompt(' range: ', overlay.stepper.range.edit, state);
  if (overlay?.kind === 'filter' && overlay.stepper.isNarrowing)
    return prompt(' values with: ', overlay.stepper.narrow, state);
  if (overlay?.kind === 'presetName') return prompt(' name of the preset: ', overlay.edit, state);
  if (overlay?.kind === 'search') return prompt(' search: ', overlay.edit, state);
  if (notice) return [piece(' '), told(notice.text, 'accent')];
  if (signIn.kind === 'signedOut') {
    const since = clockText(signIn.sinceMs, shownZone(state));
    return [piece(` Signed out ${since}. Rows stay. L signs in again. `, 'bad'), told(signIn.problem.title, 'dim')];
  }
  if (feed.load.kind === 'failed') {
    const { title, todo } = feed.load.problem;
    return [piece(' '), told(title, 'bad'), piece(' '), told(todo)];
  }
  if (state.search !== '') return searchLine(state);
  if (table.news.rows > 0) {
    const failed = table.news.failed > 0 ? ` (${table.news.failed} failed)` : '';
    const shows = isNewestFirst(state) ? 'g shows them' : 'F shows them, the newest first';
    return [piece(` ${glyphs.news} ${table.news.rows} new${failed}`, 'accent'), piece(`  ${shows}`, 'dim')];
  }
  if (feed.unreadableRows > 0)
    return [piece(` ${feed.unreadableRows} rows without an id or a time were left out`, 'warn')];
  if (feed.alteredRows > 0) return [piece(` events with a value too deep to be shown: ${feed.alteredRows}`, 'warn')];
  return [];
}

/** The cursor stays in sight, however much was pasted. */
function prompt(label: string, edit: LineEdit, { size }: State): Line {
  return promptLine(label, aroundCursor(edit, size.columns - label.length - 1));
}

/** What is searched for, where the last hit stands, and the keys that go on from it. */
function searchLine(state: State): Line {
  const { search } = state;
  const hit = hitPlace(state);
  const soFar = hit?.soFar ? ' so far' : '';
  const place = hit ? `   ${hit.at.toLocaleString('en')} of ${hit.of.toLocaleString('en')}${soFar}` : '';
  return [piece(' /', 'strong'), told(search, 'accent'), piece(place), piece('   n older  N newer  Esc ends', 'dim')];
}

function placeInTable(state: State): Line {
  if (state.insight) return [];
  const count = rowCount(state);
  if (count === 0) return [];
  const place = `${(cursorRow(state) + 1).toLocaleString('en')} of ${count.toLocaleString('en')}`;
  return [piece(`${orderText(state)}${place}${olderText(state)} `, 'dim')];
}

/** Whether news move the table, or else what its order is: it can be that of a column that is not shown. */
function orderText(state: State): string {
  const { sort } = state.view;
  if (isNewestFirst(state)) return state.table.follow ? 'following  ' : '';
  if (!state.matches.isComplete) return 'sorting  ';
  return sort.column === 'time' ? 'oldest first  ' : `by ${titleOf(sort.column).toLowerCase()}  `;
}

/** How far the reading has come, while older events of the range are missing. */
function olderText(state: State): string {
  const { feed } = state;
  if (feed.backfill.complete) return '';
  const oldestMs = coveredOf(state)[0]?.fromMs;
  const reach = oldestMs === undefined ? '' : `, read back to ${shownDayClock(state, oldestMs)}`;
  const isReading = !feed.paused && feed.backfill.pagesWanted > feed.backfill.pagesRead;
  return isReading ? `${reach}, reading on` : `${reach}, ${isNewestFirst(state) ? 'G' : '.'} reads on`;
}

/** As many hints of the place as fit; help and quit always. */
function keyLine(state: State, glyphs: Glyphs): Line {
  const place = placeOf(state);
  const { keys } = state.settings;
  const always =
    typingPlaces.has(place) || place === 'help' ? [] : ['?', 'q'].flatMap((key) => bindingOf(keys, place, key) ?? []);
  const own = keys.filter((binding) => isHinted(binding, state) && !always.includes(binding));
  const last = always.flatMap((binding) => hintPieces(binding, state, glyphs));
  const { columns } = state.size;
  const line: Piece[] = [piece(' ')];
  for (const binding of own) {
    const hint = hintPieces(binding, state, glyphs);
    if (lineWidth([...line, ...hint, ...last]) > columns) break;
    line.push(...hint);
  }
  return cutLine([...line, ...last], columns, glyphs.ellipsis);
}

/** Keys that go back and forth say where they lead now. */
function hintOf({ command, hint }: KeyBinding, state: State): string {
  if (command === 'poll.pause' && state.feed.paused) return 'go on';
  if (command === 'unit.toggle' && state.unit === 'attempts') return 'events';
  return hint ?? '';
}

const ofSignUps: ReadonlySet<CommandName> = new Set<CommandName>(['unit.toggle', 'insight.open']);

/** Only sign-ups make attempts, and figures of them. */
function isHinted({ place, hint, command }: KeyBinding, state: State): boolean {
  return place === placeOf(state) && hint !== null && (state.shown === 'signUps' || !ofSignUps.has(command));
}

function hintPieces(binding: KeyBinding, state: State, glyphs: Glyphs): readonly Piece[] {
  const hint = hintOf(binding, state);
  return [piece(keyName(binding.keys[0] ?? '', glyphs), 'strong'), piece(` ${hint}   `, 'dim')];
}
