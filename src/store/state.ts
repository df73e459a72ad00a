/**
 * Everything the interactive program knows, as one value. Only the reducer makes new ones. The event log and its matches
 * are large and grow in place: who holds them compares versions, not objects.
 */

import type { Moment, Now } from '../facts/moment.ts';
import type { Problem } from '../facts/problem.ts';
import type { Span } from '../facts/reading.ts';
import type { Account, SignInMethod } from '../facts/signing-in.ts';
import type { Filter, Term } from '../filter/filter.ts';
import type { LogName } from '../signup/event.ts';
import type { Call } from './calls.ts';
import type { CopyMenu } from './commands-copy.ts';
import type { Picker } from './commands-pick.ts';
import type { QueryBar } from './commands-query.ts';
import type { Companions } from './companions.ts';
import type { FilterStepper } from './filter-stepper.ts';
import { type Followers, noFollowers } from './followers.ts';
import type { Insight } from './insight.ts';
import type { KeyBinding } from './keys.ts';
import type { LineEdit } from './line-edit.ts';
import type { EventLog } from './log/event-log.ts';
import type { Matches } from './log/matches.ts';
import type { PersonLookUp } from './person.ts';
import type { Preset } from './preset-list.ts';
import type { ColumnName, TableView } from './table-view.ts';
import type { Unit } from './unit.ts';
import type { Flows } from './user-flows.ts';

/** What does not change while the program runs. */
export interface Settings {
  /** What the header calls the tenant before an account is known. */
  readonly tenant: string;
  readonly demo: boolean;
  /** How to sign in; null asks the person. */
  readonly method: SignInMethod | null;
  readonly canOpenBrowser: boolean;
  /** Why no text reaches the clipboard of the terminal, in a sentence; null when it may. */
  readonly noClipboard: string | null;
  readonly pageSize: number;
  readonly pollIntervalMs: number;
  readonly maxEvents: number;
  /** IANA name of the zone that times are shown in. */
  readonly timeZone: string;
  readonly ascii: boolean;
  /** The person's own, from the settings file. */
  readonly presets: readonly Preset[];
  /** The key table as the person wants it. */
  readonly keys: readonly KeyBinding[];
  /** The columns that the table starts with, in their order; null: as the program has them. */
  readonly columns: readonly ColumnName[] | null;
  /** The length of time that is shown at the first start, e.g. `24h`. */
  readonly firstRange: string;

  /** How many lines a text will have when it is drawn; scrolling stops at its end. */
  readonly measure: {
    readonly paneLines: (state: State) => number;
    readonly helpLines: (state: State) => number;
    readonly personLines: (state: State) => number;
    readonly textLines: (state: State, text: string) => number;
  };
}

export type SignIn =
  /** Looking for an account in the token cache. */
  | { readonly kind: 'checking' }
  | { readonly kind: 'choosing' }
  | {
      readonly kind: 'waiting';
      readonly method: SignInMethod;
      /** Grows with every try, so that the answers of an earlier one are known as strangers. */
      readonly attempt: number;
      /** Permissions that are asked for besides the one for the log. */
      readonly scopes: readonly string[];

      readonly code: {
        readonly userCode: string;
        readonly verificationUri: string;
        readonly expiresAt: Moment;
      } | null;
      readonly browser: { readonly url: string; readonly opened: boolean } | null;
    }
  | { readonly kind: 'expired'; readonly method: SignInMethod }
  | {
      readonly kind: 'failed';
      readonly method: SignInMethod;
      readonly problem: Problem;
      readonly offerBrowser: boolean;
    }
  | { readonly kind: 'signedIn' }
  /** The token ended and could not be renewed; the rows stay. */
  | { readonly kind: 'signedOut'; readonly sinceMs: number; readonly problem: Problem };

export type LoadState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'live'; readonly nextPollAt: Moment | null }
  /** More news than one page holds are being read. */
  | { readonly kind: 'behind' }
  | { readonly kind: 'throttled'; readonly until: Moment }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly retryAt: Moment | null };

export interface Feed {
  readonly load: LoadState;
  /** When it was not the feed that Graph asked to wait: nothing is asked before this moment. */
  readonly heldUntil: Moment | null;
  readonly paused: boolean;
  /** Grows when the person asks for news now. */
  readonly refreshes: number;
  readonly backfill: {
    readonly pagesWanted: number;
    readonly pagesRead: number;
    /** The range has been read back to its start. */
    readonly complete: boolean;
  };
  /** What has been read, by server filter ('' = none). */
  readonly covered: ReadonlyMap<string, readonly Span[]>;
  /** The part of it that was read so late that nothing can turn up in it any more. */
  readonly settled: ReadonlyMap<string, readonly Span[]>;
  /** Up to when everything that Graph shows has been read. */
  readonly upToMs: number | null;
  /** Grows with each sign-in, so that a feed that stopped for want of a token is started again. */
  readonly epoch: number;
  /** Conditions that Graph refused in this run; they are decided here. */
  readonly refused: ReadonlySet<string>;
  /** Retention cut the start of the range to this; null when it did not. */
  readonly clampedFromMs: number | null;
  readonly unreadableRows: number;
  /** Events with a field whose value had to be left out. */
  readonly alteredRows: number;
}

export interface Table {
  /** The event that the cursor is on; null while the table is empty. */
  readonly cursorId: string | null;
  /** Lines between the top of the table and the cursor. */
  readonly cursorRow: number;
  /** The cursor stays on the newest event. */
  readonly follow: boolean;
  /** Rows that came in above the cursor since the view was held. */
  readonly news: { readonly rows: number; readonly failed: number };
  /** Columns scrolled off to the left. */
  readonly columnOffset: number;
}

export interface Pane {
  readonly open: boolean;
  readonly focused: boolean;
  readonly zoomed: boolean;
  /** Lines scrolled off at the top. */
  readonly scroll: number;
}

/** Entries fetched by correlation ID for the pane, keyed by that ID. */
export interface Related {
  readonly correlationId: string;
  readonly load: 'loading' | 'done' | 'failed';
  readonly problem: Problem | null;
  readonly readAt: Moment;
}

export type Overlay =
  | { readonly kind: 'help'; readonly scroll: number }
  | { readonly kind: 'filter'; readonly stepper: FilterStepper }
  | { readonly kind: 'search'; readonly edit: LineEdit }
  | { readonly kind: 'query'; readonly bar: QueryBar }
  | { readonly kind: 'pick'; readonly picker: Picker }
  | { readonly kind: 'requests'; readonly id: number }
  | { readonly kind: 'copy'; readonly menu: CopyMenu }
  /** A text over the whole screen, with what is scrolled off at its top. */
  | { readonly kind: 'text'; readonly text: string; readonly scroll: number }
  | { readonly kind: 'columnList'; readonly column: ColumnName }
  | { readonly kind: 'presets'; readonly index: number }
  | { readonly kind: 'logs'; readonly index: number }
  /** The person who is looked up, with what is scrolled off at the top. */
  | { readonly kind: 'person'; readonly scroll: number }
  | { readonly kind: 'presetName'; readonly edit: LineEdit };

/** Work for the edge, as numbers that grow: the edge sees the difference and acts once. */
export interface Requests {
  readonly repaints: number;
  readonly suspends: number;
  readonly copies: { readonly count: number; readonly text: string };
  readonly saves: { readonly count: number; readonly preset: Preset | null };
}

/** What belongs to one log: taken off and put on as a whole when another log is shown. */
export interface LogView {
  readonly feed: Feed;
  readonly log: EventLog;
  readonly matches: Matches;
  /** What a row of the table is; attempts are rows of the sign-up log alone. */
  readonly unit: Unit;
  readonly filter: Filter;
  /** Conditions that were taken off together and can be put on again. */
  readonly shelvedTerms: readonly Term[];
  readonly filterHistory: { readonly past: readonly Filter[]; readonly future: readonly Filter[] };
  readonly view: TableView;
  readonly table: Table;
  /** IDs of events that the person marked. */
  readonly marks: ReadonlySet<string>;
  readonly related: ReadonlyMap<string, Related>;
  /** What is searched for in the loaded rows; empty = nothing. */
  readonly search: string;
  /** What was searched for before, for the arrow up. */
  readonly lastSearch: string;
}

export interface State extends LogView {
  readonly settings: Settings;
  /** What time it is in the log. */
  readonly nowMs: number;
  /** The same moment of elapsed time, which deadlines and ages are counted in. */
  readonly moment: Moment;
  readonly size: { readonly columns: number; readonly rows: number };
  readonly account: Account | null;
  readonly signIn: SignIn;
  readonly signInAttempts: number;
  readonly flows: Flows;
  /** Presets that were saved in this run. */
  readonly savedPresets: readonly Preset[];

  /** The log whose view this is. */
  readonly shown: LogName;
  /** The views of logs that were shown before, as they were left; that of the shown log is older than the state itself. */
  readonly otherLogs: { readonly [name in LogName]?: LogView };
  /** Grows whenever the log or its matches changed in place. */
  readonly version: number;
  /** Grows with every change of the filter. */
  readonly filterChanges: number;
  readonly pane: Pane;
  /** What the other logs have of attempts, by correlation ID; the one that was read last stands last. */
  readonly companions: ReadonlyMap<string, Companions>;
  /** Who is looked up, while that is on the screen or a permission for it is asked for. */
  readonly person: PersonLookUp | null;
  /** Sign-ins without a person at the screen are asked for as well. */
  readonly allSignIns: boolean;
  readonly overlay: Overlay | null;
  /** What the attempts say together, while its screen is open; null costs nothing. */
  readonly insight: Insight | null;
  /** What else is counted of the log, while somebody looks at it. */
  readonly followers: Followers;
  /** A search that has not come to a hit yet goes on that way. */
  readonly seeking: 'older' | 'newer' | null;
  /** A short word to the person, gone after a while or with the next key. */
  readonly notice: { readonly text: string; readonly until: Moment } | null;
  /** The last calls to Graph, oldest first. */
  readonly calls: readonly Call[];
  /** How times are shown: in the chosen zone, in UTC, or by how long ago they were. */
  readonly clock: 'zone' | 'utc' | 'ago';
  readonly requests: Requests;
  /** The key that was pressed once and asks for a second time: quitting. */
  readonly confirmingQuit: boolean;
  readonly quitting: boolean;
}

/** Pages of backfill that are read without being asked for. */
export const INITIAL_BACKFILL_PAGES = 10;

export const freshBackfill: Feed['backfill'] = { pagesWanted: INITIAL_BACKFILL_PAGES, pagesRead: 0, complete: false };

export interface InitialState {
  readonly settings: Settings;
  readonly now: Now;
  readonly size: State['size'];
  /** The sign-ups when none is named. */
  readonly shown?: LogName;
  readonly filter: Filter;
  readonly view: TableView;
  readonly clock: State['clock'];
  readonly unit: Unit;
  readonly log: EventLog;
  readonly matches: Matches;
}

export function initialState(start: InitialState): State {
  const { settings, now, size, shown = 'signUps', clock, unit, ...own } = start;
  return {
    settings,
    nowMs: now.logMs,
    moment: now.moment,
    size,
    shown,
    ...freshLogView(own),
    unit,
    otherLogs: {},
    filterChanges: 0,
    clock,
    account: null,
    signIn: { kind: 'checking' },
    signInAttempts: 0,
    savedPresets: [],
    flows: { kind: 'unknown' },
    version: 0,
    pane: { open: false, focused: false, zoomed: false, scroll: 0 },
    companions: new Map(),
    person: null,
    allSignIns: false,
    overlay: null,
    insight: null,
    followers: noFollowers,
    seeking: null,
    notice: null,
    calls: [],
    requests: { repaints: 0, suspends: 0, copies: { count: 0, text: '' }, saves: { count: 0, preset: null } },
    confirmingQuit: false,
    quitting: false,
  };
}

/** A log that nothing was read of yet. */
export function freshLogView(own: Pick<LogView, 'filter' | 'view' | 'log' | 'matches'>): LogView {
  return {
    ...own,
    unit: 'events',
    feed: {
      load: { kind: 'idle' },
      heldUntil: null,
      paused: false,
      refreshes: 0,
      backfill: freshBackfill,
      covered: new Map(),
      settled: new Map(),
      upToMs: null,
      epoch: 0,
      refused: new Set(),
      clampedFromMs: null,
      unreadableRows: 0,
      alteredRows: 0,
    },
    shelvedTerms: [],
    filterHistory: { past: [], future: [] },
    table: { cursorId: null, cursorRow: 0, follow: true, news: { rows: 0, failed: 0 }, columnOffset: 0 },
    marks: new Set(),
    related: new Map(),
    search: '',
    lastSearch: '',
  };
}
