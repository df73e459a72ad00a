/**
 * The demo tenant: Microsoft's sign-in service and Graph as one function from request to answer, in this process.
 * Nothing that is sent to it leaves the process; an address that is not its own cannot be reached.
 */
import type { Clock } from '../clock.ts';
import type { Send } from '../graph/send.ts';
import { Consents } from './consents.ts';
import { DeviceCodes } from './device-codes.ts';
import { answerInstead, spoiled } from './fault-answers.ts';
import { Faults } from './faults.ts';
import { GraphAnswers } from './graph-answers.ts';
import { GraphEndpoints } from './graph-endpoints.ts';
import { contosoCustomers } from './identity.ts';
import { LoginEndpoints } from './login-endpoints.ts';
import { SeededRandom } from './random.ts';
import { SignInControl } from './sign-in-control.ts';
import { Throttle } from './throttle.ts';
import { Timeline } from './timeline.ts';
import { TokenMint } from './tokens.ts';
import { type Truth, truthOf } from './truth.ts';

export interface DemoTenantOptions {
  /** Same seed: same log, whenever the tenant is created. */
  readonly seed: string;
  readonly clock: Clock;
  readonly loginUrl?: string;
  readonly graphUrl?: string;
  readonly tenantId?: string;
  /** Ordinary events of an average day (2,000); what the incidents and stories add does not depend on it. */
  readonly eventsPerDay?: number;
  /** Ordinary events in an average minute by day, from `startedAtMs` on; 0: from then on nobody begins to sign up. */
  readonly ratePerMinute?: number;
  /** From when `ratePerMinute` counts, in milliseconds since the epoch; now when left out. */
  readonly startedAtMs?: number;
  /** The person approves a device code by themselves after this time; null (usual): only by `signIn.approve()`. */
  readonly approveAfterMs?: number | null;
  readonly verificationUri?: string;
  /** Seconds between polls that the device code answer asks for (5). */
  readonly pollIntervalS?: number;
  readonly deviceCodeLifetimeS?: number;
  readonly accessTokenLifetimeS?: number;
  /** Permissions that the client holds from the beginning (`AuditLog.Read.All`); a sign-in can grant others. */
  readonly consented?: readonly string[];
  /** Requests that Graph allows in 10 s (5); null: no limit. */
  readonly requestsPer10S?: number | null;
}

export interface DemoTenant {
  readonly send: Send;
  readonly faults: Faults;
  readonly signIn: SignInControl;
  readonly truth: Truth;
  readonly tenantId: string;
  readonly tenantDomain: string;
  readonly tenantName: string;
  readonly loginUrl: string;
  readonly graphUrl: string;
  /** The administrator, as a sign-in tells who signed in. */
  readonly account: { readonly username: string; readonly tenantId: string; readonly homeAccountId: string };
  /** A fresh access token for Graph, without signing in; for the sign-up log, if no other permissions are said. */
  accessToken(permissions?: readonly string[]): string;
}

/** The client that the demo's own token was made for: Microsoft Graph Command Line Tools. */
const GRAPH_TOOLS_CLIENT_ID = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const LOG_PERMISSIONS: readonly string[] = ['AuditLog.Read.All'];
const ORDINARY_EVENTS_PER_DAY = 2_000;

export function createDemoTenant(options: DemoTenantOptions): DemoTenant {
  const { seed, clock } = options;
  const loginUrl = options.loginUrl ?? 'https://login.microsoftonline.com';
  const graphUrl = options.graphUrl ?? 'https://graph.microsoft.com';
  const identity = contosoCustomers(options.tenantId);
  const random = new SeededRandom(seed, 0, 'protocol');
  const { accessTokenLifetimeS = 3_599 } = options;
  const mint = new TokenMint({ identity, clock, random, seed, loginUrl, graphUrl, accessTokenLifetimeS });
  const codes = new DeviceCodes({
    clock,
    random,
    lifetimeMs: (options.deviceCodeLifetimeS ?? 900) * 1_000,
    approveAfterMs: options.approveAfterMs ?? null,
  });
  const consents = new Consents(options.consented ?? LOG_PERMISSIONS);
  const signIn = new SignInControl(codes, mint, consents);
  const login = new LoginEndpoints({
    identity,
    clock,
    random,
    codes,
    mint,
    control: signIn,
    consents,
    loginUrl,
    verificationUri: options.verificationUri ?? 'https://microsoft.com/devicelogin',
    pollIntervalS: options.pollIntervalS ?? 5,
  });
  const timeline = new Timeline({
    seed,
    eventsPerDay: options.eventsPerDay ?? ORDINARY_EVENTS_PER_DAY,
    live:
      options.ratePerMinute === undefined
        ? null
        : { fromMs: Math.round(options.startedAtMs ?? clock.now()), eventsPerMinute: options.ratePerMinute },
  });
  const throttle = new Throttle(options.requestsPer10S === undefined ? 5 : options.requestsPer10S);
  const graph = new GraphEndpoints({ clock, mint, throttle, timeline, identity, graphUrl });
  const isForGraph = (request: Request) => destinationOf(request, loginUrl, graphUrl) === 'graph';
  const faults = new Faults(isForGraph);

  const send: Send = async (request) => {
    request.signal.throwIfAborted();
    const destination = destinationOf(request, loginUrl, graphUrl);
    if (destination === null) throw unreachable(request);
    const fault = faults.take(request);
    if (fault?.kind === 'slow') await clock.wait(fault.delayMs, request.signal);
    request.signal.throwIfAborted();
    const answers = new GraphAnswers(request, clock, random);
    const instead = fault && answerInstead(fault, answers);
    if (instead) return instead;
    const response = destination === 'login' ? await login.answer(request) : graph.answer(request, answers, fault);
    return fault ? spoiled(fault, response) : response;
  };

  const { objectId, username } = identity.administrator;
  const { tenantId } = identity;
  return {
    send,
    faults,
    signIn,
    truth: truthOf(timeline),
    tenantId,
    tenantDomain: identity.domain,
    tenantName: identity.displayName,
    loginUrl,
    graphUrl,
    account: { username, tenantId, homeAccountId: `${objectId}.${tenantId}` },
    accessToken: (permissions = LOG_PERMISSIONS) =>
      mint.accessToken({ clientId: GRAPH_TOOLS_CLIENT_ID, scopes: permissions, way: 'browser', nonce: null }),
  };
}

function destinationOf(request: Request, loginUrl: string, graphUrl: string): 'login' | 'graph' | null {
  const { origin, pathname } = new URL(request.url);
  const fitsGraph = origin === new URL(graphUrl).origin;
  const fitsLogin = origin === new URL(loginUrl).origin;
  if (fitsGraph && fitsLogin) return /^\/(beta|v1\.0)\//i.test(pathname) ? 'graph' : 'login';
  return fitsGraph ? 'graph' : fitsLogin ? 'login' : null;
}

/** What `fetch` rejects with for a host that does not exist. */
function unreachable(request: Request): TypeError {
  const { hostname } = new URL(request.url);
  const cause = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', hostname });
  return new TypeError('fetch failed', { cause });
}
