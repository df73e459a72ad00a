/**
 * The interactive program: a store, the session that does what its state asks for, and the screen. Ends with an exit code when
 * the person quits. It does not know where events come from.
 */
import type { Clock } from '../clock.ts';
import type { Now } from '../facts/moment.ts';
import type { RequestFact } from '../facts/requesting.ts';
import type { Filter } from '../filter/filter.ts';
import { type Effects, runSession } from '../session.ts';
import type { LogName } from '../signup/event.ts';
import { EventLog } from '../store/log/event-log.ts';
import type { RawPacker } from '../store/log/raw-blocks.ts';
import type { Preset } from '../store/preset-list.ts';
import type { ViewParts } from '../store/saved-view.ts';
import { initialState, type Settings } from '../store/state.ts';
import { createStore, type Store } from '../store/store.ts';
import { firstView } from '../store/table-view.ts';
import { freshMatches } from '../store/unit.ts';
import { clipboardRouteOf, clipboardSequence } from '../terminal/clipboard.ts';
import { terminalTypeOf } from '../terminal/terminal-type.ts';
import { App } from './App.tsx';
import { glyphsOf } from './glyphs.ts';
import { helpLines } from './help-lines.ts';
import { keepView, type SaveView } from './keep-view.ts';
import type { KeyPress } from './keys/key-press.ts';
import { linearMeasure, linearSize } from './linear/measure.ts';
import { mountLinear } from './linear/mount-linear.ts';
import { type MountedApp, mountApp } from './mount.tsx';
import { paneTextHeight } from './pane-lines.ts';
import { personLines } from './person-lines.ts';
import type { Host } from './screen/process-host.ts';
import type { Terminal } from './screen/terminal.ts';
import { plainTextLines } from './text-page.ts';
import { themeOf } from './theme.ts';
import { View } from './view.ts';

export interface InteractiveOptions {
  readonly settings: Omit<Settings, 'measure' | 'noClipboard'>;
  /** The log to begin with; the sign-ups when none is named. */
  readonly log?: LogName;
  readonly filter: Filter;
  /** How the screen was left the last time; null when that is not known. */
  readonly restored: Omit<ViewParts, 'filter'> | null;
  /** What is wrong with what was kept, in a sentence, or null. */
  readonly restoringProblem: string | null;
  /** Keeps the view for the next start; null where nothing is kept. */
  readonly saveView: SaveView | null;
  readonly colour: boolean;
  /** For screen readers: lines that are added at the bottom instead of a screen that is drawn. */
  readonly linear: boolean;
  /** Why it is, when nobody asked for it: a sentence that is said first. */
  readonly linearBecause: string | null;
  readonly terminal: Terminal;
  readonly host: Host;
  readonly clock: Clock;
  /** What time it is in the log, in milliseconds since the epoch. */
  readonly logNowMs: () => number;
  readonly packer: RawPacker;
  /** What it says of the terminal: its name, and what lies between. */
  readonly environment: { readonly [name: string]: string | undefined };
  /** Puts a preset into the settings file; gives why it was refused, or null. */
  readonly savePreset: (preset: Preset) => Promise<string | null>;
  /** Does the work; tells of every request as it starts and ends, and what the person should know of saved files. */
  readonly effects: (observe: (fact: RequestFact) => void, onNotice: (sentences: string) => void) => Effects;
}

/** Runs until the person quits. Rejects on a fault of the program, after the terminal was given back. */
export async function runInteractive(options: InteractiveOptions): Promise<void> {
  const { terminal, clock, host, colour } = options;
  const glyphs = glyphsOf(options.settings.ascii);
  const store = createStore(startState(options), () => nowOf(options));
  const ending = new AbortController();
  const effects = options.effects(
    (fact) => store.dispatch({ type: 'request.told', fact }),
    (reason) => store.dispatch({ type: 'saving.troubled', reason }),
  );

  const onKey = (press: KeyPress) => store.dispatch(actionOf(press));
  const type = terminalTypeOf(options.environment);
  const app = options.linear
    ? mountLinear({ store, terminal, host, clock, onKey, because: options.linearBecause })
    : mountApp({
        element: (painter) => <App view={new View(store, glyphs, themeOf(colour), painter)} />,
        ...{ terminal, host, clock, colour, type, onKey },
      });
  const stopResize = terminal.onResize(() => {
    if (!options.linear) store.dispatch({ type: 'terminal.resized', ...terminal.size });
  });
  const stopRequests = answerRequests(store, app, options);
  const stopKeeping = options.saveView === null ? null : keepView(store, options.saveView, clock);
  if (options.restoringProblem !== null) store.dispatch({ type: 'saving.troubled', reason: options.restoringProblem });
  const quit = new Promise<void>((resolve) => {
    store.subscribe((state) => {
      if (state.quitting) resolve();
    });
  });
  try {
    await Promise.race([quit, app.exited, runSession(store, effects, clock, ending.signal)]);
  } finally {
    ending.abort();
    stopRequests();
    stopResize();
    app.unmount();
    await stopKeeping?.();
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The filter with a start: without one, the last day before its end. */
function withStart(filter: Filter, nowMs: number): Filter {
  if (filter.since) return filter;
  if (filter.until === null) return { ...filter, since: { text: '24h', atMs: nowMs - DAY_MS } };
  const atMs = filter.until.atMs - DAY_MS;
  return { ...filter, since: { text: new Date(atMs).toISOString(), atMs } };
}

function nowOf({ clock, logNowMs }: Pick<InteractiveOptions, 'clock' | 'logNowMs'>): Now {
  return { logMs: logNowMs(), moment: clock.moment() };
}

function startState(options: InteractiveOptions) {
  const { settings, terminal, log: shown, filter: asked, restored, packer, linear } = options;
  const now = nowOf(options);
  const filter = withStart(asked, now.logMs);
  const first = { view: firstView(settings.columns, shown), unit: 'events', clock: 'zone' } as const;
  const { view, unit, clock: times } = restored ?? first;
  const glyphs = glyphsOf(settings.ascii);
  const log = new EventLog({ maxEvents: settings.maxEvents, packer });
  const matches = freshMatches({ log, unit, view, nowMs: now.logMs }, filter);
  matches.continueBuild(() => true);
  return initialState({
    settings: {
      ...settings,
      noClipboard: noClipboardIn(options),
      measure: linear
        ? linearMeasure
        : {
            paneLines: (state) => paneTextHeight(state, glyphs),
            helpLines: (state) => helpLines(state.size.columns, glyphs, settings.keys).length,
            personLines: (state) => personLines(state, state.size.columns).length,
            textLines: (state, text) => plainTextLines(text, state.size.columns).length,
          },
    },
    now,
    size: linear ? linearSize : terminal.size,
    ...(shown ? { shown } : {}),
    filter,
    view,
    unit,
    clock: times,
    log,
    matches,
  });
}

/** In lines for screen readers what is copied is said anyway. */
function noClipboardIn({ linear, environment }: InteractiveOptions): string | null {
  const route = clipboardRouteOf(environment);
  return linear || route.kind !== 'none' ? null : route.reason;
}

function actionOf(press: KeyPress): Parameters<Store['dispatch']>[0] {
  return press.kind === 'key' ? { type: 'key.pressed', key: press.name } : { type: 'text.pasted', text: press.text };
}

/** Does what the state asks of the terminal itself, once for each time that it asks. */
function answerRequests(store: Store, app: MountedApp, { environment, savePreset }: InteractiveOptions): () => void {
  const route = clipboardRouteOf(environment);
  return store.subscribe(({ requests }, { requests: before }) => {
    if (requests === before) return;
    if (requests.repaints !== before.repaints) app.repaint();
    if (requests.suspends !== before.suspends) app.suspend();
    const { preset } = requests.saves;
    if (preset && requests.saves !== before.saves) {
      savePreset(preset).then(
        (refusal) => store.dispatch({ type: 'preset.saved', preset, refusal }),
        (reason) => store.dispatch({ type: 'preset.saved', preset, refusal: String(reason) }),
      );
    }
    if (requests.copies.count !== before.copies.count) {
      app.sendToTerminal(clipboardSequence(requests.copies.text, route));
    }
  });
}
