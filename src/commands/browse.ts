/** The interactive browser: draws first, and connects when its session asks for something. */
import { canOpenBrowser } from '../auth/open-browser.ts';
import type { Connection } from '../connect.ts';
import { contosoCustomers } from '../demo/identity.ts';
import { parseDuration } from '../filter/time-point.ts';
import { createLogClock } from '../graph/log-clock.ts';
import { exitCodeOf, problemText, sayText } from '../headless/problem-text.ts';
import type { BrowseOptions } from '../options.ts';
import type { Edges, Program } from '../program.ts';
import { rawPacker } from '../raw-packer.ts';
import type { Effects } from '../session.ts';
import { visibleText } from '../signup/visible-text.ts';
import { applyKeyOverrides } from '../store/key-overrides.ts';
import { keyTable } from '../store/keys.ts';
import { restoredView, type ViewParts } from '../store/saved-view.ts';
import { terminalTypeOf } from '../terminal/terminal-type.ts';
import type { SaveView } from '../ui/keep-view.ts';
import { runInteractive } from '../ui/run.tsx';
import { endDebugLog, startDebugLog } from './debugging.ts';
import { openSavedViews } from './saved-views.ts';
import { blockedWayOut } from './way-out.ts';

/** Runs until the person quits; gives the exit code. */
export async function runBrowse(options: BrowseOptions, program: Program): Promise<number> {
  const { io, edges } = program;
  if (edges.terminal === null) {
    io.stderr.write(
      sayText('the full screen needs a terminal; in a pipe or a script use entra-signups list, tail or stats'),
    );
    return 2;
  }
  const blocked = blockedWayOut(options.target, io.env);
  if (blocked !== null) {
    io.stderr.write(problemText(blocked));
    return exitCodeOf(blocked);
  }
  const debugLog = startDebugLog(options, program);
  if (debugLog === null) return 2;
  const { target, log, filter, color, ascii, timeZone, pageSize, intervalMs, maxEvents, signInMethod, config } =
    options;
  const kept = await keptView(options, edges);
  const logClock = createLogClock(edges.clock);
  const { canDraw } = terminalTypeOf(io.env);
  try {
    await runInteractive({
      settings: {
        tenant: target.kind === 'demo' ? contosoCustomers().displayName : target.tenant,
        demo: target.kind === 'demo',
        method: signInMethod,
        canOpenBrowser: canOpenBrowser(io.env, edges.platform),
        pageSize,
        pollIntervalMs: intervalMs,
        maxEvents,
        timeZone,
        ascii,
        presets: config.presets,
        columns: config.columns,
        firstRange: firstRange(options),
        keys: applyKeyOverrides(keyTable, config.keys),
      },
      log,
      filter: options.filterIsGiven ? filter : (kept.restored?.filter ?? filter),
      restored: kept.restored,
      restoringProblem: kept.problem,
      saveView: kept.save,
      colour: color,
      linear: options.screenReader || !canDraw,
      linearBecause: options.screenReader || canDraw ? null : noScreenOn(io.env.TERM),
      terminal: await edges.terminal(),
      host: edges.host,
      clock: edges.clock,
      logNowMs: logClock.nowMs,
      packer: rawPacker,
      environment: io.env,
      savePreset: async (preset) => {
        // The reader of settings files is loaded when there is something to save.
        const { savePresetFile } = await import('../config/preset-file.ts');
        const outcome = await savePresetFile(config.file, preset, edges.clock.now());
        return outcome.ok ? null : outcome.message;
      },

      effects: (observe, onNotice) => {
        // Loaded after the first frame has been drawn.
        const connecting = async () =>
          (await import('../connect.ts')).connect({ target, program, debugLog, observe, onNotice, logClock });
        return effectsOf(connecting);
      },
    });
    return 0;
  } finally {
    endDebugLog(debugLog, io);
  }
}

function noScreenOn(name = ''): string {
  const cause = name === '' ? 'TERM is not set' : `TERM is ${visibleText(name)}`;
  return `${cause}, so no screen is drawn. If the terminal can draw one, say what it is: TERM=xterm-256color, for most.`;
}

interface KeptView {
  readonly restored: ViewParts | null;
  readonly problem: string | null;
  readonly save: SaveView | null;
}

/** How the sign-ups of this tenant were left the last time. Of other logs, and of the demo, nothing is kept. */
async function keptView({ target, log, timeZone }: BrowseOptions, edges: Edges): Promise<KeptView> {
  if (target.kind === 'demo' || log !== 'signUps') return { restored: null, problem: null, save: null };
  const views = await openSavedViews(target, edges);
  const { saved, notice } = await views.read();
  const restored = saved === null ? null : restoredView(saved, { nowMs: edges.clock.now(), timeZone });
  const misread = saved !== null && restored === null ? 'The saved view was not understood: it is left out.' : null;
  return { restored, problem: notice ?? misread, save: views.save };
}

/** What is shown when nobody asks for anything: a length of time in the settings file, or a day. */
function firstRange({ filter, filterIsGiven }: BrowseOptions): string {
  const text = filterIsGiven ? undefined : filter.since?.text;
  return text !== undefined && parseDuration(text) !== null ? text : '24h';
}

/** Connects once, with whatever comes first. */
function effectsOf(connecting: () => Promise<Connection>): Effects {
  let connected: Promise<Connection> | null = null;
  const connection = () => {
    connected ??= connecting();
    return connected;
  };
  return {
    findAccount: async () => (await connection()).findAccount(),
    signIn: async function* (method, signal, scopes) {
      yield* (await connection()).signIn(method, signal, scopes);
    },
    readPerson: async (userId, signal) => (await connection()).readPerson(userId, signal),
    findPerson: async (address, signal) => (await connection()).findPerson(address, signal),
    readMethods: async (userId, signal) => (await connection()).readMethods(userId, signal),
    readUserFlows: async (signal) => (await connection()).readUserFlows(signal),
    readRelated: async function* (request, signal) {
      yield* (await connection()).readRelated(request, signal);
    },
    readFeed: async function* (request, demand, signal) {
      yield* (await connection()).readFeed(request, demand, signal);
    },
    readCorrelation: async function* (request, signal) {
      yield* (await connection()).readCorrelation(request, signal);
    },
  };
}
