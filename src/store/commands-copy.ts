/** The copy menu: what of the row under the cursor goes to the clipboard, with or without who it was, or plainly on the screen. */
import { causeOf } from '../signup/cause.ts';
import { explainCode } from '../signup/codes.ts';
import type { LogEvent } from '../signup/event.ts';
import { defused } from '../signup/formula.ts';
import { stageLabel } from '../signup/stages.ts';
import { shownLines, shownText, visibleText } from '../signup/visible-text.ts';
import type { Attempt } from './log/attempts.ts';
import { copiedLines, noticed } from './notice.ts';
import { leavingOut, type Person } from './person-text.ts';
import type { State } from './state.ts';
import { ticketBeginning, ticketText } from './ticket-text.ts';

export interface CopyMenu {
  /** The entry under the cursor, counted from 0. */
  readonly index: number;
  /** Who it was is left out. */
  readonly redacted: boolean;
}

export interface CopyEntry {
  /** Takes it at once. */
  readonly key: string;
  readonly label: string;
  /** The beginning of the first line of the text; null when the row has no such thing. */
  readonly firstLine: string | null;
  /** More lines follow the first. */
  readonly isLonger: boolean;
  /** All of it: of an attempt with thousands of events, or of a long value, it takes its time. */
  text(): string;
}

/** The most that is shown plainly, to be selected with the mouse: hundreds of lines. */
const MOST_PRINTED = 30_000;
/** Of the first line, what the menu has room for. */
const LONGEST_LINE = 200;

export function copyOpen(state: State): State {
  return rowAttempt(state) ? { ...state, overlay: { kind: 'copy', menu: { index: 0, redacted: false } } } : state;
}

export function copyClose(state: State): State {
  return { ...state, overlay: null };
}

export function copyMove(by: number): (state: State) => State {
  return withMenu((state, menu) => {
    const index = Math.max(0, Math.min(copyEntries(state).length - 1, menu.index + by));
    return { ...state, overlay: { kind: 'copy', menu: { ...menu, index } } };
  });
}

export const copyRedact = withMenu((state, menu) => ({
  ...state,
  overlay: { kind: 'copy', menu: { ...menu, redacted: !menu.redacted } },
}));

export const copyTake = withMenu((state, { index }) => take(state, copyEntries(state)[index]));

/** Takes the entry that has the key; null when none has it. */
export function copyByKey(state: State, key: string): State | null {
  const entry = copyEntries(state).find((each) => each.key === key);
  return entry ? take(state, entry) : null;
}

/** Shows the text of the entry under the cursor plainly, to be selected with the mouse where OSC 52 does not work. */
export const copyPrint = withMenu((state, { index }) => {
  const entry = copyEntries(state)[index];
  if (entry === undefined || entry.firstLine === null) return state;
  return { ...state, overlay: { kind: 'text', text: shownLines(entry.text(), MOST_PRINTED), scroll: 0 } };
});

export function textClose(state: State): State {
  return { ...state, overlay: null };
}

export function textScroll(lines: (state: State) => number): (state: State) => State {
  return (state) => {
    if (state.overlay?.kind !== 'text') return state;
    const { text, scroll } = state.overlay;
    const most = Math.max(0, state.settings.measure.textLines(state, text) - Math.max(1, state.size.rows - 1));
    return { ...state, overlay: { kind: 'text', text, scroll: Math.max(0, Math.min(most, scroll + lines(state))) } };
  };
}

/** What can be copied of the row under the cursor; nothing while the menu is closed. */
export function copyEntries(state: State): readonly CopyEntry[] {
  const attempt = rowAttempt(state);
  if (state.overlay?.kind !== 'copy' || attempt === null) return [];
  const { log, unit } = state;
  const { events } = attempt;
  const shown = unit === 'attempts' ? events : events.filter((position) => log.id(position) === state.table.cursorId);
  const [first, last] = [shown[0], shown.at(-1)].map((position) =>
    position === undefined ? null : log.read(position),
  );
  if (!first || !last) return [];
  const rows = () => shown.map((position) => log.read(position));
  const person = state.overlay.menu.redacted ? personOf(state, attempt) : null;
  const isNameless = person !== null && last.log !== 'signUps';
  const identifier = log.identifierOf(events);
  const without = leavingOut(person);
  const oneLine = (key: string, label: string, text: string | null): CopyEntry => ({
    key,
    label,
    firstLine: text === null ? null : shownText(without(text), LONGEST_LINE),
    isLonger: false,
    text: () => (text === null ? '' : visibleText(without(text))),
  });
  return [
    oneLine('c', 'correlation ID', last.correlationId || null),
    // It tells of an attempt, which only sign-ups make.
    ...(last.log === 'signUps'
      ? [
          {
            key: 't',
            label: 'text for a ticket',
            firstLine: ticketBeginning(state, attempt),
            isLonger: true,
            text: () => ticketText(state, attempt, without),
          },
        ]
      : []),
    {
      key: 'r',
      label: 'row',
      firstLine: shownText(rowCells(first).map(without).join('  '), LONGEST_LINE),
      isLonger: shown.length > 1,
      text: () =>
        rows()
          .map((row) =>
            rowCells(row)
              .map((cell) => defused(visibleText(without(cell))))
              .join('\t'),
          )
          .join('\n'),
    },
    {
      key: 'J',
      // Entries of other logs name people in too many places, and as too many things, to leave them out one by one.
      label: isNameless ? 'JSON (not without who it was)' : 'JSON as Graph sent it',
      firstLine: isNameless ? null : unit === 'attempts' ? '[' : '{',
      isLonger: !isNameless,
      text: () => without(JSON.stringify(unit === 'attempts' ? rows().map(({ raw }) => raw) : last.raw, null, 2)),
    },
    oneLine('u', last.log === 'signUps' ? 'what the person signed up with' : 'who it was', identifier),
    oneLine(
      'e',
      last.result === null ? 'code and meaning' : 'result',
      last.result === null ? codeText(causeOf(last)) : last.result,
    ),
    oneLine('i', 'event ID', last.id),
  ];
}

/** The attempt of the row under the cursor. */
function rowAttempt({ log, table }: State): Attempt | null {
  const position = table.cursorId === null ? -1 : log.positionOf(table.cursorId);
  return position < 0 ? null : log.attempts.of(position);
}

function personOf({ log }: State, { events }: Attempt): Person {
  return events.flatMap((position) => {
    const { identifier, userId, counterpart } = log.read(position);
    // Whom an entry of another log is about, or the address that a sign-in came from; with several, each of them too.
    const others = counterpart === null ? [] : [counterpart, ...counterpart.split(', ')];
    return [identifier, userId, ...others].filter((word) => word !== null);
  });
}

/** The event as the cells of a line, the time in UTC. */
function rowCells(event: LogEvent): readonly string[] {
  if (event.log !== 'signUps') return entryCells(event);
  const { timeMs, stage, provider, appName, appId, identifier, correlationId } = event;
  return [
    new Date(timeMs).toISOString(),
    stageLabel(stage),
    provider,
    appName ?? appId,
    identifier ?? '',
    codeText(causeOf(event)),
    correlationId,
  ];
}

/** An entry of another log: how it ended, who and what, the words of its log, the reason. */
function entryCells(entry: LogEvent): readonly string[] {
  const { timeMs, result, identifier, counterpart, attributes, failureReason, correlationId } = entry;
  return [
    new Date(timeMs).toISOString(),
    result ?? codeText(causeOf(entry)),
    identifier ?? '',
    counterpart ?? '',
    ...Object.values(attributes),
    failureReason ?? '',
    correlationId,
  ];
}

function codeText(code: number): string {
  return code === 0 ? '0 completed' : `${code} ${explainCode(code).meaning}`;
}

function take(state: State, entry: CopyEntry | undefined): State {
  if (entry === undefined) return state;
  const closed: State = { ...state, overlay: null };
  if (entry.firstLine === null) return noticed(closed, `This row has nothing to copy as ${entry.label}.`);
  return copiedLines(closed, entry.text(), entry.label);
}

function withMenu(change: (state: State, menu: CopyMenu) => State): (state: State) => State {
  return (state) => (state.overlay?.kind === 'copy' ? change(state, state.overlay.menu) : state);
}
