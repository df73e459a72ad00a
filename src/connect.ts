/**
 * The one place where the parts that reach Microsoft (or the demo tenant in its stead) are put together: `Send`, signing
 * in, the Graph client and its budget. It must only be loaded when something is to be read or somebody signs in.
 */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Auth, type AuthOptions, createAuth, type SignOutOutcome } from './auth/auth.ts';
import { openBrowser } from './auth/open-browser.ts';
import type { DebugLog } from './debug-log.ts';
import { defaultClientId } from './endpoints.ts';
import type { MethodsOutcome, PersonOutcome } from './facts/person.ts';
import type { Problem } from './facts/problem.ts';
import type { ReadingFact, Span } from './facts/reading.ts';
import type { RelatedFact, RelatedQuery } from './facts/related.ts';
import type { RequestFact } from './facts/requesting.ts';
import type { Account, SignInMethod, SigningInFact } from './facts/signing-in.ts';
import type { UserFlowsOutcome } from './facts/user-flows.ts';
import { createBudget } from './graph/budget.ts';
import { createGraphClient, type GraphClient } from './graph/client.ts';
import type { DemandSource } from './graph/demand.ts';
import { type FeedRequest, readFeed } from './graph/feed.ts';
import { type LedgerStore, memoryLedger } from './graph/ledger-store.ts';
import type { LogClock } from './graph/log-clock.ts';
import { findPersonByAddress, readMethods, readPerson } from './graph/person.ts';
import { routesText } from './graph/proxy.ts';
import { readCorrelation } from './graph/read-correlation.ts';
import { createRealSend } from './graph/real-send.ts';
import { readRelated } from './graph/related.ts';
import type { Send } from './graph/send.ts';
import { sharedLedger } from './graph/shared-ledger.ts';
import type { TokenSource } from './graph/token-source.ts';
import { readUserFlows } from './graph/user-flows.ts';
import { narrowClause } from './narrow-clause.ts';
import type { DemoTarget, TenantTarget } from './options.ts';
import type { Program } from './program.ts';
import type { LogName } from './signup/event.ts';

export interface Connection {
  /** Who is signed in, as far as the saved sign-in knows; `problem` when it could not be read. */
  findAccount(): Promise<{ readonly account: Account | null; readonly problem: Problem | null }>;
  /** `extraScopes`: permissions of Graph to be granted besides that of the sign-up log. */
  signIn(method: SignInMethod, signal: AbortSignal, extraScopes?: readonly string[]): AsyncIterable<SigningInFact>;
  /** Why a sign-in could not be saved now, or null. */
  checkSaving(): Promise<Problem | null>;
  /** Forgets the sign-in. */
  signOut(): Promise<SignOutOutcome>;
  readFeed(request: Omit<FeedRequest, 'narrow'>, demand: DemandSource, signal: AbortSignal): AsyncIterable<ReadingFact>;
  readCorrelation(
    request: { readonly log: LogName; readonly correlationId: string; readonly span: Span },
    signal: AbortSignal,
  ): AsyncIterable<ReadingFact>;
  /** What the logs beside the sign-ups have of one attempt. */
  readRelated(request: RelatedQuery, signal: AbortSignal): AsyncIterable<RelatedFact>;
  /** The user flows of the tenant, asked for anew each time. */
  readUserFlows(signal: AbortSignal): Promise<UserFlowsOutcome>;
  /** The account with this object id; takes User.Read.All. */
  readPerson(userId: string, signal: AbortSignal): Promise<PersonOutcome>;
  /** The account that has this address as its own; takes User.Read.All. */
  findPerson(address: string, signal: AbortSignal): Promise<PersonOutcome>;
  /** How the owner of an account proves who they are; takes UserAuthenticationMethod.Read.All. */
  readMethods(userId: string, signal: AbortSignal): Promise<MethodsOutcome>;
}

/** With what all of it is made of, for whoever examines it piece by piece. */
export interface OpenedConnection extends Connection {
  readonly parts: { readonly send: Send; readonly tokens: TokenSource; readonly client: GraphClient };
}

export interface ConnectOptions {
  readonly target: DemoTarget | TenantTarget;
  readonly program: Program;
  readonly debugLog: DebugLog;
  /** Told of every request to Graph that starts and ends. */
  readonly observe: (fact: RequestFact) => void;
  /** Learns what time it is in the log. */
  readonly logClock: LogClock;
  /** Most automatic requests of this process in 10 s; what a screen takes when not given. */
  readonly automaticShare?: number;
  /** Hears, in sentences, what the person should know of the saved sign-in while everything goes on. */
  readonly onNotice: (sentences: string) => void;
}

/** What differs between a real tenant and the demo. */
interface Parts {
  readonly send: Send;
  readonly graphUrl: string;
  readonly tokens: TokenSource;
  readonly auth: Auth;
  /** What local accounts of the tenant are issued by: its default domain, or its id where that is what is known. */
  readonly issuer: string;
  /** Where requests are counted. */
  readonly ledger: LedgerStore;
  /** Who is signed in without ever having signed in; null for a real tenant. */
  readonly resident: Account | null;
}

/** In the demo the person approves the code by themselves after this time. */
const demoApprovesAfterMs = 4_000;

export async function connect(options: ConnectOptions): Promise<OpenedConnection> {
  const { target, program, debugLog, observe, logClock, automaticShare } = options;
  const { clock, random, newId } = program.edges;
  const parts = target.kind === 'demo' ? await demoParts(target, options) : await tenantParts(target, options);
  const client = createGraphClient({
    graphUrl: parts.graphUrl,
    send: parts.send,
    tokens: parts.tokens,
    budget: createBudget({ clock, newId, ledger: parts.ledger, ...(automaticShare && { automaticShare }) }),
    clock,
    random,
    newId,
    userAgent: `entra-signups/${program.version}`,
    observe,
  });
  return {
    findAccount: async () => {
      const account = parts.resident ?? (await parts.auth.account());
      return { account, problem: account === null ? parts.auth.unreadable() : null };
    },
    signIn: (method, signal, extraScopes = []) => debugLog.signingIn(parts.auth.signIn(method, signal, extraScopes)),
    checkSaving: () => parts.auth.checkSaving(),
    signOut: () => parts.auth.signOut(),
    readFeed: (request, demand, signal) =>
      debugLog.reading(
        readFeed({ ...request, narrow: narrowClause }, demand, { client, clock, logClock, random, signal }),
      ),
    readCorrelation: (request, signal) =>
      debugLog.reading(readCorrelation(request, { client, clock, logClock, random, signal })),
    readRelated: (request, signal) => readRelated(request, { client, clock, logClock, random, signal }),
    readUserFlows: (signal) => readUserFlows({ client, clock, random, signal }),
    readPerson: (userId, signal) => readPerson(userId, { client, clock, random, signal }),
    findPerson: (address, signal) => findPersonByAddress(address, parts.issuer, { client, clock, random, signal }),
    readMethods: (userId, signal) => readMethods(userId, { client, clock, random, signal }),
    parts: { send: parts.send, tokens: parts.tokens, client },
  };
}

async function tenantParts(target: TenantTarget, { program, debugLog, onNotice }: ConnectOptions): Promise<Parts> {
  const told = new Set<string>();
  const { clock, platform, dataFolder } = program.edges;
  const environment = program.io.env;
  debugLog.note(`proxy: ${routesText([target.loginUrl, target.graphUrl], environment)}`);
  const send = debugLog.send(createRealSend({ environment }));
  const auth = createAuth({
    ...signInTarget(target),
    send,
    clock,
    cacheFile: join(await dataFolder(), 'accounts.json'),
    openBrowser: (url) => openBrowser(url, { clock, env: program.io.env, platform }),
    onNotice: (sentences) => {
      if (told.has(sentences)) return;
      told.add(sentences);
      debugLog.note('trouble with the saved sign-in');
      onNotice(sentences);
    },
  });
  const ledger = sharedLedger(join(await dataFolder(), `requests-${hostname()}.json`), (trouble) =>
    debugLog.note(`requests are counted for this process alone; the shared count is ${trouble}`),
  );
  return { send, graphUrl: target.graphUrl, tokens: auth, auth, issuer: target.tenant, ledger, resident: null };
}

async function demoParts({ seed }: DemoTarget, { program, debugLog }: ConnectOptions): Promise<Parts> {
  const { createDemoTenant } = await import('./demo/tenant.ts');
  const { clock } = program.edges;
  const tenant = createDemoTenant({ seed: String(seed), clock, approveAfterMs: demoApprovesAfterMs });
  const send = debugLog.send(tenant.send);
  const { loginUrl, graphUrl, tenantId, account } = tenant;
  // Nothing of the demo is kept, and no browser is sent to an address that only exists in here.
  const auth = createAuth({
    ...{ loginUrl, graphUrl, tenant: tenantId, clientId: defaultClientId },
    send,
    clock,
    cacheFile: null,
    openBrowser: async () => false,
  });
  // The demo's administrator has granted everything long ago.
  const tokens: TokenSource = { accessToken: async ({ scopes }) => ({ ok: true, token: tenant.accessToken(scopes) }) };
  return { send, graphUrl, tokens, auth, issuer: tenant.tenantDomain, ledger: memoryLedger(), resident: account };
}

function signInTarget(target: TenantTarget): Pick<AuthOptions, 'loginUrl' | 'graphUrl' | 'tenant' | 'clientId'> {
  const { loginUrl, graphUrl, tenant, clientId } = target;
  return { loginUrl, graphUrl, tenant, clientId };
}
