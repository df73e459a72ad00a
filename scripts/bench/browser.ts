/**
 * The program that is measured: the interactive browser as it is, with its feed and its Graph client, on a log of `BENCH_EVENTS`
 * made-up events that is asked for without a budget. Does what comes from `BENCH_SOCKET`, one `Order` per line, and answers
 * each in a line.
 */

import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { systemClock } from '../../src/clock.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import type { DemandSource } from '../../src/graph/demand.ts';
import { readFeed } from '../../src/graph/feed.ts';
import { createLogClock } from '../../src/graph/log-clock.ts';
import { readCorrelation } from '../../src/graph/read-correlation.ts';
import { rawPacker } from '../../src/raw-packer.ts';
import type { Effects } from '../../src/session.ts';
import { keyTable } from '../../src/store/keys.ts';
import { runInteractive } from '../../src/ui/run.tsx';
import { processHost } from '../../src/ui/screen/process-host.ts';
import { processTerminal } from '../../src/ui/screen/process-terminal.ts';
import type { Terminal } from '../../src/ui/screen/terminal.ts';
import { newestMs, openHistory } from './history.ts';
import { monotonicMs } from './monotonic.ts';

export type Order =
  /** Read back until so many events are loaded; answered when they are. */
  | { readonly kind: 'load'; readonly events: number }
  /** An event happens, and the program polls at once. */
  | { readonly kind: 'liveRow' }
  | { readonly kind: 'report' };

export interface Report {
  readonly events: number;
  readonly residentBytes: number;
  /** When the program called the terminal's `write` since the last report, by `monotonic.ts`. */
  readonly wroteAtMs: readonly number[];
  /** When it read input since then. */
  readonly readAtMs: readonly number[];
}

const PAGE_ROWS = 1000;
const MOST_EVENTS = Number(process.env.BENCH_EVENTS);
const RANGE_MS = 30 * 24 * 60 * 60 * 1000;
const GRAPH_URL = 'https://graph.example.org';

// It is just after the newest event. Whole seconds off, so that it ticks when the second changes, like the real one.
const offsetMs = Math.ceil((newestMs() - Date.now()) / 1000) * 1000 + 1000;
const clock = { ...systemClock, now: () => Date.now() + offsetMs };
const history = openHistory(MOST_EVENTS);
const changes = new EventTarget();
let wantedEvents = 0;
let refreshes = 0;
let events = 0;
let wroteAtMs: number[] = [];
let readAtMs: number[] = [];

const socket = connect(process.env.BENCH_SOCKET ?? '');
createInterface(socket).on('line', (line) => {
  const order: Order = JSON.parse(line);
  void obey(order).then(() => socket.write(`${JSON.stringify(report())}\n`));
});

const logClock = createLogClock(clock);

await runInteractive({
  logNowMs: logClock.nowMs,
  settings: {
    tenant: 'Contoso Customers',
    demo: false,
    method: 'device-code',
    canOpenBrowser: false,
    pageSize: PAGE_ROWS,
    pollIntervalMs: 15_000,
    maxEvents: MOST_EVENTS,
    timeZone: 'UTC',
    ascii: false,
    presets: [],
    keys: keyTable,
    columns: null,
    firstRange: '30d',
  },
  filter: { terms: [], since: { text: '30d', atMs: clock.now() - RANGE_MS }, until: null },
  restored: null,
  restoringProblem: null,
  saveView: null,
  colour: true,
  linear: false,
  linearBecause: null,
  savePreset: async () => null,
  terminal: watched(processTerminal(process.stdin, process.stdout)),
  host: processHost,
  clock,
  packer: rawPacker,
  environment: process.env,
  effects: (observe): Effects => {
    const client = createGraphClient({
      graphUrl: GRAPH_URL,
      send: history.send,
      tokens: { accessToken: async () => ({ ok: true, token: 'bench' }) },
      budget: {
        start: async () => ({ sent: () => {}, dropped: () => {} }),
        holdUntil: () => {},
        heldMs: async () => 0,
      },
      clock,
      random: Math.random,
      newId: () => crypto.randomUUID(),
      userAgent: 'entra-signups/bench',
      observe,
    });
    const deps = { client, clock, logClock, random: Math.random };
    return {
      findAccount: async () => ({
        account: { username: 'ann@contoso.example', tenantId: 'contoso', homeAccountId: 'ann' },
        problem: null,
      }),
      signIn: async function* () {},
      readFeed: async function* (request, demand, signal) {
        for await (const fact of readFeed(request, orderedDemand(demand), { ...deps, signal })) {
          yield fact;
          // It has been taken in by now.
          if (fact.type === 'page.received') events += fact.events.length;
          changes.dispatchEvent(new Event('fact'));
        }
      },
      readUserFlows: async () => ({ kind: 'cancelled' }),
      readPerson: async () => ({ kind: 'nobody' }),
      findPerson: async () => ({ kind: 'nobody' }),
      readMethods: async () => ({ kind: 'nobody' }),
      readRelated: async function* () {
        yield* [];
      },
      readCorrelation: (request, signal) => readCorrelation(request, { ...deps, signal }),
    };
  },
});
process.exit(0);

async function obey(order: Order): Promise<void> {
  if (order.kind === 'report') return;
  if (order.kind === 'load') wantedEvents = order.events;
  else {
    history.addLiveRow(clock.now());
    refreshes++;
  }
  changes.dispatchEvent(new Event('demand'));
  while (order.kind === 'load' && events < wantedEvents) await once(changes, 'fact');
}

function report(): Report {
  const told = { events, residentBytes: process.memoryUsage.rss(), wroteAtMs, readAtMs };
  wroteAtMs = [];
  readAtMs = [];
  return told;
}

/** What the program wants, and what was ordered. */
function orderedDemand(own: DemandSource): DemandSource {
  return {
    current: () => {
      const demand = own.current();
      return { ...demand, backfillPages: wantedEvents / PAGE_ROWS, refreshes: demand.refreshes + refreshes };
    },
    changed: (signal) => {
      const ordered = new Promise<void>((resolve) => {
        changes.addEventListener('demand', () => resolve(), { once: true, signal });
      });
      return Promise.race([own.changed(signal), ordered]);
    },
  };
}

/** The terminal, with the times of its writes and its input noted. */
function watched(terminal: Terminal): Terminal {
  return {
    ...terminal,
    get size() {
      return terminal.size;
    },
    write: (text) => {
      wroteAtMs.push(monotonicMs());
      return terminal.write(text);
    },
    onInput: (listener) =>
      terminal.onInput((bytes) => {
        readAtMs.push(monotonicMs());
        listener(bytes);
      }),
  };
}
