/**
 * A sign-up log behind a fake `Send`: rows with the time at which Graph shows them, time windows, pages, skip tokens, and
 * answers that a test puts in the way. It must not share code with the client that it judges.
 */
import type { Clock } from '../../src/clock.ts';
import type { Send } from '../../src/graph/send.ts';
import { rowOf } from '../support/events.ts';

export const GRAPH_URL = 'https://graph.example.org';

export interface LogRow {
  readonly n: number;
  readonly timeMs: number;
  /** When Graph begins to show it; the time of the event when left out. */
  readonly visibleAtMs?: number;
}

export interface Asked {
  readonly atMs: number;
  readonly url: URL;
  readonly fromMs: number;
  readonly toMs: number;
  readonly filter: string;
  readonly skip: number;
  readonly headers: Headers;
  readonly signal: AbortSignal;
}

/** Answers in place of the log, or null to let the log answer. */
export type InTheWay = (asked: Asked) => Response | Promise<Response> | null;

export class FakeGraph {
  readonly asked: Asked[] = [];
  rows: readonly LogRow[] = [];
  inTheWay: InTheWay = () => null;
  /** The server's clock minus this machine's. */
  offsetMs = 0;
  /** How far its `Date` is from its own clock: wrong, if not 0. */
  dateOffsetMs = 0;
  /** How a page is sorted; a window's rows come newest first unless a test says otherwise. */
  sort: (a: LogRow, b: LogRow) => number = (a, b) => b.timeMs - a.timeMs || b.n - a.n;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly send: Send = async (request) => {
    const asked = this.#read(request);
    this.asked.push(asked);
    return (await this.inTheWay(asked)) ?? this.#page(asked);
  };

  get serverNowMs(): number {
    return this.#clock.now() + this.offsetMs;
  }

  #read(request: Request): Asked {
    const url = new URL(request.url);
    const filter = url.searchParams.get('$filter') ?? '';
    const bound = (operator: string) =>
      Date.parse(new RegExp(`createdDateTime ${operator} (\\S+Z)`).exec(filter)?.[1] ?? '');
    return {
      atMs: this.#clock.now(),
      url,
      filter,
      fromMs: bound('ge'),
      toMs: bound('le'),
      skip: Number(url.searchParams.get('$skiptoken') ?? 0),
      headers: request.headers,
      signal: request.signal,
    };
  }

  #page({ url, fromMs, toMs, skip }: Asked): Response {
    const top = Number(url.searchParams.get('$top'));
    const shown = this.rows
      .filter(
        (row) => row.timeMs >= fromMs && row.timeMs <= toMs && (row.visibleAtMs ?? row.timeMs) <= this.serverNowMs,
      )
      .toSorted(this.sort);
    const next = new URL(url);
    next.searchParams.set('$skiptoken', String(skip + top));
    return this.json(
      shown.slice(skip, skip + top).map((row) => rowOf(row)),
      skip + top < shown.length ? next.href : null,
    );
  }

  /** An answer of Graph with these rows. */
  json(rows: readonly unknown[], nextLink: string | null = null): Response {
    const date = new Date(Math.floor((this.serverNowMs + this.dateOffsetMs) / 1000) * 1000).toUTCString();
    const body = { value: rows, ...(nextLink === null ? {} : { '@odata.nextLink': nextLink }) };
    return Response.json(body, { headers: { Date: date, 'request-id': 'a-request' } });
  }
}

/** An error answer in Graph's envelope. */
export function refusal(status: number, code = '', message = '', headers: Record<string, string> = {}): Response {
  const innerError = { 'request-id': 'the-request', date: '2026-11-23T10:42:00' };
  return Response.json({ error: { code, message, innerError } }, { status, headers });
}
