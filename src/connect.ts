/**
 * The one place where the parts that reach Microsoft (or the demo tenant in its stead) are put together: `Send`, signing
 * in, the Graph client and its budget. It must only be loaded when something is to be read or somebody signs in.
 */
import { join } from 'node:path';
import { type Auth, type AuthOptions, createAuth } from './auth/auth.ts';
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
import { findPersonByAddress, readMethods, readPerson } from './graph/person.ts';
import { readCorrelation } from './graph/read-correlation.ts';
import { createRealSend } from './graph/real-send.ts';
import { readRelated } from './graph/related.ts';
import type { Send } from './graph/send.ts';
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
  /** Forgets the sign-in, and tells whose it was. Rejects when its tokens could not be removed. */
  signOut(): Promise<Account | null>;
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
}

/** What differs between a real tenant and the demo. */
interface Parts {
  readonly send: Send;
  readonly graphUrl: string;
  readonly tokens: TokenSource;
  readonly auth: Auth;
  /** What local accounts of the tenant are issued by: its default domain, or its id where that is what is known. */
  readonly issuer: string;
  /** Who is signed in without ever having signed in; null for a real tenant. */
  readonly resident: Account | null;
}

/** In the demo the person approves the code by themselves after this time. */
const demoApprovesAfterMs = 4_000;

export async function connect(options: ConnectOptions): Promise<OpenedConnection> {
  const { target, program, debugLog, observe } = options;
  const { clock, random, newId } = program.edges;
  const troubles: string[] = [];
  const onTrouble = (sentence: string) => {
    troubles.push(sentence);
    debugLog.note('trouble with the saved sign-in');
  };
  const parts =
    target.kind === 'demo' ? await demoParts(target, options) : await tenantParts(target, options, onTrouble);
  const client = createGraphClient({
    graphUrl: parts.graphUrl,
    send: parts.send,
    tokens: parts.tokens,
    budget: createBudget(clock),
    clock,
    random,
    newId,
    userAgent: `entra-signups/${program.version}`,
    observe,
  });
  return {
    findAccount: async () => {
      const account = parts.resident ?? (await parts.auth.account());
      const trouble = troubles.at(-1);
      return { account, problem: account !== null || trouble === undefined ? null : savedSignInProblem(trouble) };
    },
    signIn: (method, signal, extraScopes = []) => debugLog.signingIn(parts.auth.signIn(method, signal, extraScopes)),
    signOut: () => parts.auth.signOut(),
    readFeed: (request, demand, signal) =>
      debugLog.reading(readFeed({ ...request, narrow: narrowClause }, demand, { client, clock, random, signal })),
    readCorrelation: (request, signal) => debugLog.reading(readCorrelation(request, { client, clock, random, signal })),
    readRelated: (request, signal) => readRelated(request, { client, clock, random, signal }),
    readUserFlows: (signal) => readUserFlows({ client, clock, random, signal }),
    readPerson: (userId, signal) => readPerson(userId, { client, clock, random, signal }),
    findPerson: (address, signal) => findPersonByAddress(address, parts.issuer, { client, clock, random, signal }),
    readMethods: (userId, signal) => readMethods(userId, { client, clock, random, signal }),
    parts: { send: parts.send, tokens: parts.tokens, client },
  };
}

async function tenantParts(
  target: TenantTarget,
  { program, debugLog }: ConnectOptions,
  onTrouble: (sentence: string) => void,
): Promise<Parts> {
  const { clock, platform, dataFolder } = program.edges;
  const send = debugLog.send(createRealSend());
  const auth = createAuth({
    ...signInTarget(target),
    send,
    clock,
    cacheFile: join(await dataFolder(), 'accounts.json'),
    openBrowser: (url) => openBrowser(url, { clock, env: program.io.env, platform }),
    onTrouble,
  });
  return { send, graphUrl: target.graphUrl, tokens: auth, auth, issuer: target.tenant, resident: null };
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
  return { send, graphUrl, tokens, auth, issuer: tenant.tenantDomain, resident: account };
}

function signInTarget(target: TenantTarget): Pick<AuthOptions, 'loginUrl' | 'graphUrl' | 'tenant' | 'clientId'> {
  const { loginUrl, graphUrl, tenant, clientId } = target;
  return { loginUrl, graphUrl, tenant, clientId };
}

function savedSignInProblem(trouble: string): Problem {
  return { kind: 'signIn', title: trouble, meaning: '', todo: 'Sign in again.', code: null, requestId: null };
}
