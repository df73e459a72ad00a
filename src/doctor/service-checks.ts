/**
 * Checks of the services themselves, from what they answer without a token: the sign-in service, the tenant as it knows
 * it, Graph, and the clock. Pure.
 */
import { signInProblem } from '../auth/aadsts.ts';
import { RefusalError, refusalIn } from '../auth/refusal.ts';
import { member, textMember } from '../graph/json-member.ts';
import type { GraphOutcome } from '../graph/outcome.ts';
import { problemOf } from '../graph/problems.ts';
import { httpDateMs } from '../graph/retry-after.ts';
import { type Finding, fail, failWith, pass, skipped, warn } from './finding.ts';
import type { Answered, Look } from './look.ts';
import { unreachedCheck } from './network-checks.ts';
import type { Whereto } from './patient.ts';

/** The OpenID configuration of the tenant: anybody may read it, and it is there for tenants that exist. */
export function configurationUrl({ loginUrl, tenant }: Whereto): string {
  return `${loginUrl}/${encodeURIComponent(tenant ?? 'common')}/v2.0/.well-known/openid-configuration`;
}

/** The root of Graph. Without a token it refuses, which is an answer as well. */
export function graphRootUrl({ graphUrl }: Whereto): string {
  return `${graphUrl}/v1.0/`;
}

export function signInServiceCheck({ loginUrl }: Whereto, looked: Look): Finding {
  const name = 'sign-in service';
  if (looked.kind === 'silent') return unreachedCheck(name, loginUrl, '--login-url', looked.failure);
  const { host } = new URL(loginUrl);
  const isItself = textMember(looked.json, 'token_endpoint') !== null || refusalIn(looked.json) !== null;
  return isItself ? answeredIn(name, host, looked.tookMs) : strangerCheck(name, host, '--login-url', looked);
}

/** Whether the sign-in service knows the tenant. */
export function tenantCheck(whereto: Whereto, looked: Look): Finding {
  const { tenant, clientId, loginUrl, graphUrl, isDemo } = whereto;
  const name = 'tenant';
  if (tenant === null) {
    const fix = 'Name it with --tenant, in ENTRA_SIGNUPS_TENANT or in the settings file.';
    return skipped(name, 'none was named', fix);
  }
  if (looked.kind === 'silent') return skipped(name, 'the sign-in service did not answer');
  const refusal = refusalIn(looked.json);
  if (refusal !== null) {
    const problem = signInProblem(new RefusalError(refusal), { tenant, clientId, loginUrl, graphUrl });
    return failWith(name, { ...problem, kind: 'usage' });
  }
  const id = tenantIdIn(looked.json);
  if (id === null) return skipped(name, 'the sign-in service did not say whether it knows it');
  return pass(name, `${tenant}${id === tenant ? '' : `, ID ${id}`}${isDemo ? ' (invented)' : ''}`);
}

/** Where the tenant's data is, in its own words. */
export function graphHostToldBy(looked: Look): string | null {
  return looked.kind === 'answered' ? textMember(looked.json, 'msgraph_host') : null;
}

export function graphCheck({ graphUrl }: Whereto, looked: Look): Finding {
  const name = 'Graph';
  if (looked.kind === 'silent') return unreachedCheck(name, graphUrl, '--graph-url', looked.failure);
  const { host } = new URL(graphUrl);
  const isItself = looked.headers.has('request-id') || member(looked.json, 'error') !== undefined;
  return isItself ? answeredIn(name, host, looked.tookMs) : strangerCheck(name, host, '--graph-url', looked);
}

/** The same, from the first call with a token. */
export function graphOutcomeCheck({ graphUrl }: Whereto, outcome: GraphOutcome): Finding {
  const name = 'Graph';
  switch (outcome.kind) {
    case 'unreachable':
      return unreachedCheck(name, graphUrl, '--graph-url', outcome.failure);
    case 'malformed':
    case 'misdirected':
      return failWith(name, problemOf(outcome));
    case 'signedOut':
    case 'cancelled':
      return skipped(name, 'nothing could be asked of it');
    default:
      return pass(name, `${new URL(graphUrl).host} answers`);
  }
}

function answeredIn(name: string, host: string, tookMs: number): Finding {
  return pass(name, `${host} answered in ${Math.round(tookMs)} ms`);
}

/** The time there, from the header `Date`, against the time here. */
export interface ClockReading {
  readonly serverMs: number;
  readonly hereMs: number;
}

export function clockReadingOf(looked: Look): ClockReading | null {
  if (looked.kind === 'silent') return null;
  const serverMs = httpDateMs(looked.headers.get('date') ?? '');
  return Number.isNaN(serverMs) ? null : { serverMs, hereMs: looked.atMs };
}

/** The same, from a call with a token that had come at `hereMs`. */
export function clockReadingIn(outcome: GraphOutcome, hereMs: number): ClockReading | null {
  if (outcome.kind !== 'ok' || outcome.serverTimeMs === null) return null;
  return { serverMs: outcome.serverTimeMs, hereMs };
}

/** What time it is at Graph, when this computer's clock shows `hereMs`. */
export function serverNowMs(reading: ClockReading | null, hereMs: number): number {
  return reading === null ? hereMs : hereMs - aheadMsOf(reading);
}

/** In the middle of the second that the header names. */
function aheadMsOf({ hereMs, serverMs }: ClockReading): number {
  return hereMs - (serverMs + 500);
}

/** The header counts whole seconds, and an answer takes its time. */
const TOLERATED_MS = 30_000;

export function clockCheck(reading: ClockReading | null): Finding {
  if (reading === null) return skipped('clock', "no answer told the server's time");
  const aheadMs = aheadMsOf(reading);
  if (Math.abs(aheadMs) <= TOLERATED_MS) return pass('clock', "agrees with the server's, within 30 s");
  const found = `this machine is ${durationText(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} the server`;
  const meaning = "Ranges such as 15m follow Graph's clock, but certificates or tokens may seem expired.";
  return warn('clock', `${found}. ${meaning}`, 'Set the clock, or have it set by NTP (timedatectl set-ntp true).');
}

function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

function strangerCheck(name: string, host: string, option: string, { status, json }: Answered): Finding {
  const what = json === undefined ? 'no data, perhaps a web page,' : 'something else';
  const found = `${host} answered HTTP ${status} with ${what} that does not come from Microsoft`;
  const fix = `A proxy or the sign-in page of a network may be in between: open a browser there, check HTTPS_PROXY and ${option}.`;
  return fail(name, 'unreachable', found, fix);
}

/** `https://login.microsoftonline.com/<id>/v2.0` names the tenant by its ID. */
function tenantIdIn(json: unknown): string | null {
  const issuer = textMember(json, 'issuer') ?? '';
  return /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i.exec(issuer)?.[1]?.toLowerCase() ?? null;
}
