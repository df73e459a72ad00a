/**
 * A `Send` for the measured program: a sign-up log with a long history, made by another process, and live rows on command. It
 * answers pages by their order, and does not look at filters.
 */

import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Send } from '../../src/graph/send.ts';
import { samplePages } from './sample-pages.ts';

export interface History {
  readonly send: Send;
  /** Puts one more row into the answer to the next poll. `nowMs`: its time, in milliseconds since the epoch. */
  addLiveRow(nowMs: number): void;
}

/** Graph takes a moment to answer; long enough for the program to draw that it asked. */
const POLL_TAKES_MS = 20;
const HISTORY_SEED = 1;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The log with `events` events, the newest at `newestMs()`. */
export function openHistory(events: number): History {
  const pages = pagesOf(events);
  const live: string[] = [];
  let rows = 0;

  return {
    send: async ({ url }) => {
      if (asksForHistory(url)) {
        const { value } = await pages.next();
        return answer(value ?? '{"value":[]}');
      }
      await pause(POLL_TAKES_MS);
      return answer(`{"value":[${live.splice(0).join(',')}]}`);
    },
    addLiveRow: (nowMs) => {
      rows++;
      const row = { ...oneRow(HISTORY_SEED + rows), createdDateTime: new Date(nowMs).toISOString() };
      live.push(JSON.stringify(row));
    },
  };
}

/** When the newest event of the history happened. */
export function newestMs(): number {
  return Date.parse(oneRow(HISTORY_SEED).createdDateTime);
}

function oneRow(seed: number): { readonly createdDateTime: string } {
  const [page = ''] = samplePages(1, 1, seed);
  const { value }: { value: [{ createdDateTime: string }] } = JSON.parse(page);
  return value[0];
}

/** Polls reach back minutes; whoever asks for more, or for the next page, reads history. */
function asksForHistory(url: string): boolean {
  if (url.includes('skiptoken')) return true;
  const [, from = ''] = /createdDateTime ge (\S+)/.exec(decodeURIComponent(url)) ?? [];
  return Date.parse(from) < newestMs() - DAY_MS;
}

function answer(body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

/** The lines of the process that makes the pages, as bytes. */
async function* pagesOf(events: number): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  const script = fileURLToPath(new URL('pages.js', import.meta.url));
  const maker = spawn(process.execPath, [script, String(events), String(HISTORY_SEED)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let parts: Uint8Array[] = [];
  for await (const chunk of maker.stdout) {
    let rest: Buffer = chunk;
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      parts.push(rest.subarray(0, end));
      yield new Uint8Array(Buffer.concat(parts));
      parts = [];
      rest = rest.subarray(end + 1);
    }
    parts.push(rest);
  }
}
