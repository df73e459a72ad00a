/**
 * The fault lab: the demo tenant's sign-in service and Graph over HTTPS on loopback, with a sign-up log that the test fills and
 * answers that it can spoil. Token, request limit, filter and page tokens are checked by the tenant; faults come on top.
 */
import { join } from 'node:path';
import { createAuth } from '../../../src/auth/auth.ts';
import { GraphAnswers } from '../../../src/demo/graph-answers.ts';
import { listLog } from '../../../src/demo/log-list.ts';
import { SeededRandom } from '../../../src/demo/random.ts';
import type { DemoTenant } from '../../../src/demo/tenant.ts';
import { defaultClientId } from '../../../src/endpoints.ts';
import type { Certificate } from '../../support/certificate.ts';
import { type DemoServer, startDemoServer } from '../../support/demo-server.ts';
import { LabClock } from './lab-clock.ts';
import { LabLog } from './lab-log.ts';

/** A request to the sign-up log as the test sees it. */
export interface Asked {
  readonly request: Request;
  /** How many requests for the sign-up log there were before. */
  readonly index: number;
  readonly isNextPage: boolean;
  /** It asks for one correlation ID. */
  readonly isForOne: boolean;
  /** By the lab's clock. */
  readonly atMs: number;
}

/** What a test does with a request: an answer instead, or null for the usual one. Rejecting drops the connection. */
export type Intercept = (asked: Asked, lab: Lab) => Promise<Response | null> | Response | null;
/** What a test does to a good answer: another body (an object is sent as JSON), or the same. */
export type Spoil = (page: GraphPage, asked: Asked) => object | string;

export interface GraphPage {
  readonly '@odata.nextLink'?: string;
  readonly value: readonly object[];
}

export interface LabOptions {
  /** How much faster than real time the time of the lab passes. */
  readonly speed?: number;
  readonly certificate?: Certificate;
  /** Requests that Graph allows in 10 s of the lab's time; null: no limit. */
  readonly requestsPer10S?: number | null;
}

export class Lab {
  readonly clock: LabClock;
  readonly log = new LabLog();
  readonly asked: Asked[] = [];
  intercept: Intercept = () => null;
  spoil: Spoil = (page) => page;
  ignoresFilter = false;
  /** How far Graph's own clock is ahead of the lab's: it shows in `Date`. */
  graphAheadMs = 0;
  /** What went wrong in the lab itself. */
  readonly mistakes: unknown[] = [];
  readonly #random = new SeededRandom('lab', 1);
  #server: DemoServer | null = null;

  private constructor(speed: number) {
    this.clock = new LabClock(speed);
  }

  static async open({ speed = 20, requestsPer10S = 5, ...rest }: LabOptions = {}): Promise<Lab> {
    const lab = new Lab(speed);
    lab.#server = await startDemoServer({
      ...{ clock: lab.clock, ratePerMinute: 0, eventsPerDay: 0, pollIntervalS: 1, requestsPer10S },
      ...rest,
      answer: (request, tenant) => lab.#answer(request, tenant),
    });
    return lab;
  }

  get server(): DemoServer {
    if (this.#server === null) throw new Error('the lab is closed');
    return this.#server;
  }

  /** Requests to Graph, of whatever kind, as they arrived: by the lab's clock. */
  get arrivals(): readonly number[] {
    return this.server.requests().flatMap(({ to, atMs }) => (to === 'graph' ? [atMs] : []));
  }

  /** Saves a sign-in in the data folder of a home, as `login` does. */
  async signIn(home: string): Promise<void> {
    const { tenant } = this.server;
    const auth = createAuth({
      ...{ loginUrl: tenant.loginUrl, graphUrl: tenant.graphUrl, tenant: tenant.tenantDomain },
      ...{ clientId: defaultClientId, clock: this.clock, send: tenant.send },
      cacheFile: cacheFileIn(home),
      openBrowser: async () => false,
    });
    let last = '';
    for await (const fact of auth.signIn('device-code', new AbortController().signal)) {
      if (fact.type === 'signIn.codeReceived') tenant.signIn.approve();
      last = fact.type;
    }
    if (last !== 'signIn.succeeded') throw new Error(`signing in ended with ${last}`);
  }

  async close(): Promise<void> {
    await this.#server?.close();
    this.#server = null;
  }

  async #answer(request: Request, tenant: DemoTenant): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== this.log.path) return tenant.send(request);
    const asked: Asked = {
      request,
      index: this.asked.length,
      isNextPage: searchParams.has('$skiptoken'),
      isForOne: /correlationId/.test(searchParams.get('$filter') ?? ''),
      atMs: this.clock.now(),
    };
    this.asked.push(asked);
    const instead = await this.intercept(asked, this);
    const response =
      instead ?? (await this.#page(asked, tenant).catch((error: unknown) => this.#mistaken(error, request)));
    const shifted = new Response(response.body, response);
    const serverMs = this.clock.now() + this.graphAheadMs;
    if (this.graphAheadMs !== 0) shifted.headers.set('date', new Date(serverMs).toUTCString());
    return shifted;
  }

  /** A caller who hangs up is no mistake. */
  #mistaken(error: unknown, { signal }: Request): never {
    if (!signal.aborted) this.mistakes.push(error);
    throw error;
  }

  async #page(asked: Asked, tenant: DemoTenant): Promise<Response> {
    const { request } = asked;
    const gate = await tenant.send(request.clone());
    if (gate.status !== 200) return gate;
    const answer = listLog(this.log, {
      request,
      answers: new GraphAnswers(request, this.clock, this.#random),
      nowMs: this.clock.now(),
      graphUrl: tenant.graphUrl,
      ignoresFilter: this.ignoresFilter,
      emptyPage: false,
    });
    const spoiled = this.spoil(pageOf(await answer.json()), asked);
    return new Response(typeof spoiled === 'string' ? spoiled : JSON.stringify(spoiled), { headers: gate.headers });
  }
}

function pageOf(body: unknown): GraphPage {
  if (typeof body === 'object' && body !== null && 'value' in body && Array.isArray(body.value)) {
    return { ...body, value: body.value };
  }
  throw new Error(`this is no page: ${JSON.stringify(body).slice(0, 200)}`);
}

export function cacheFileIn(home: string): string {
  return join(home, 'data', 'entra-signups', 'accounts.json');
}
