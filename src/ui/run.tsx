/**
 * The interactive program: a store, the session that does what its state asks for, and the screen. Ends with an exit code when
 * the person quits. It does not know where events come from.
 */
import type { Clock } from '../clock.ts';
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
import { App } from './App.tsx';
import { clipboardSequence } from './clipboard.ts';
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
  readonly settings: Omit<Settings, 'measure'>;
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
  readonly terminal: Terminal;
  readonly host: Host;
  readonly clock: Clock;
  readonly packer: RawPacker;
  /** Values of `TMUX` and `TERM`: how the clipboard is reached. */
  readonly environment: { readonly [name: string]: string | undefined };
  /** Puts a preset into the settings file; gives why it was refused, or null. */
  readonly savePreset: (preset: Preset) => Promise<string | null>;
  /** Does the work; told of every request as it starts and ends. */
  readonly effects: (observe: (fact: RequestFact) => void) => Effects;
}

/** Runs until the person quits. Rejects on a fault of the program, after the terminal was given back. */
export async function runInteractive(options: InteractiveOptions): Promise<void> {
  const { terminal, clock, host, colour } = options;
  const glyphs = glyphsOf(options.settings.ascii);
  const store = createStore(startState(options), clock);
  const ending = new AbortController();
  const effects = options.effects((fact) => store.dispatch({ type: 'request.told', fact }));

  const onKey = (press: KeyPress) => store.dispatch(actionOf(press));
  const app = options.linear
    ? mountLinear({ store, terminal, host, clock, onKey })
    : mountApp({
        element: (painter) => <App view={new View(store, glyphs, themeOf(colour), painter)} />,
        ...{ terminal, host, clock, colour, onKey },
      });
  const stopResize = terminal.onResize(() => {
    if (!options.linear) store.dispatch({ type: 'terminal.resized', ...terminal.size });
  });
  const stopRequests = answerRequests(store, app, options);
  const stopKeeping = options.saveView === null ? null : keepView(store, options.saveView, clock);
  if (options.restoringProblem !== null) store.dispatch({ type: 'view.refused', reason: options.restoringProblem });
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
  return filter.since ? filter : { ...filter, since: { text: '24h', atMs: (filter.until?.atMs ?? nowMs) - DAY_MS } };
}

function startState(options: InteractiveOptions) {
  const { settings, clock, terminal, log: shown, filter: asked, restored, packer, linear } = options;
  const nowMs = clock.now();
  const filter = withStart(asked, nowMs);
  const first = { view: firstView(settings.columns, shown), unit: 'events', clock: 'zone' } as const;
  const { view, unit, clock: times } = restored ?? first;
  const glyphs = glyphsOf(settings.ascii);
  const log = new EventLog({ maxEvents: settings.maxEvents, packer });
  const matches = freshMatches({ log, unit, view, nowMs }, filter);
  matches.continueBuild(() => true);
  return initialState({
    settings: {
      ...settings,
      measure: linear
        ? linearMeasure
        : {
            paneLines: (state) => paneTextHeight(state, glyphs),
            helpLines: (state) => helpLines(state.size.columns, glyphs, settings.keys).length,
            personLines: (state) => personLines(state, state.size.columns).length,
            textLines: (state, text) => plainTextLines(text, state.size.columns).length,
          },
    },
    nowMs,
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

function actionOf(press: KeyPress): Parameters<Store['dispatch']>[0] {
  return press.kind === 'key' ? { type: 'key.pressed', key: press.name } : { type: 'text.pasted', text: press.text };
}

/** Does what the state asks of the terminal itself, once for each time that it asks. */
function answerRequests(store: Store, app: MountedApp, { environment, savePreset }: InteractiveOptions): () => void {
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
      app.sendToTerminal(clipboardSequence(requests.copies.text, environment));
    }
  });
}
