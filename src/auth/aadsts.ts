/**
 * What a failed sign-in means to a person, and what to do. Every error of signing in becomes a `Problem` here. The texts
 * are in the tables beside; the numbers are for display and for the one offer below, as Microsoft asks.
 */
import type { Problem } from '../facts/problem.ts';
import { type NetworkReason, networkFailure } from '../graph/network-failure.ts';
import { accountCodes } from './aadsts-account.ts';
import { applicationCodes } from './aadsts-application.ts';
import type { CodeRow } from './aadsts-row.ts';
import { sessionCodes } from './aadsts-session.ts';
import { rowOfWord, type WordRow } from './oauth-words.ts';
import { NoAnswerError, type Refusal, refusalOf } from './refusal.ts';

export interface SignInContext {
  readonly tenant: string;
  readonly clientId: string;
  /** Where the consent page is; the global cloud when not given. */
  readonly loginUrl?: string;
  /** What was asked for; that of the sign-up log when not given. */
  readonly permissions?: readonly string[];
}

const rowOfCode: ReadonlyMap<number, CodeRow> = new Map(
  [...applicationCodes, ...accountCodes, ...sessionCodes].flatMap((row) => row.codes.map((code) => [code, row])),
);

/** The tenant refuses the device code itself: security defaults, Conditional Access, a session tracked to a device code. */
const DEVICE_CODE_REFUSED: ReadonlySet<number> = new Set([530035, 53003, 530036]);

/** True when signing in by browser is the way that works. */
export function shouldOfferBrowser(error: unknown): boolean {
  const code = refusalOf(error)?.code ?? null;
  return code !== null && DEVICE_CODE_REFUSED.has(code);
}

/** True when the code that was shown is over, and a new one is all it takes. */
export function isExpiredCode(error: unknown): boolean {
  const refusal = refusalOf(error);
  return refusal !== null && (refusal.code === 70019 || /^(expired_token|device_code_expired)$/.test(refusal.error));
}

/** More than the saved sign-in holds: only the person can grant it, by signing in once more. */
const PERSON_NEEDED: ReadonlySet<number> = new Set([65001, 90094, 90095, 50072, 50074, 50076, 50078, 50079]);

/** True when a token could not be had silently, and a sign-in in which the person agrees is the way. */
export function needsPerson(error: unknown): boolean {
  const refusal = refusalOf(error);
  if (!refusal) return false;
  return refusal.code === null
    ? /^(consent_required|interaction_required)$/.test(refusal.error)
    : PERSON_NEEDED.has(refusal.code);
}

const over: ReadonlySet<number> = new Set([...sessionCodes.flatMap(({ codes }) => codes), 530036, 70043, 50057]);

/** True when the saved sign-in itself has come to its end, whatever was asked for with it. */
export function isSignInOver(error: unknown): boolean {
  const refusal = refusalOf(error);
  if (!refusal) return false;
  return refusal.code === null
    ? /^(invalid_grant|no_tokens_found|refresh_token_expired|bad_token)$/.test(refusal.error)
    : over.has(refusal.code);
}

/** The problem that an error of signing in stands for: refused (`signIn`), not reached (`unreachable`) or our `fault`. */
export function signInProblem(error: unknown, context: SignInContext): Problem {
  if (error instanceof Error && error.cause instanceof NoAnswerError) return noAnswer(error.cause, context);
  if (error instanceof NoAnswerError) return noAnswer(error, context);
  const refusal = refusalOf(error);
  if (!refusal) return fault(error);
  const row = refusal.code === null ? rowOfWord.get(refusal.error) : rowOfCode.get(refusal.code);
  if (row) return problemOf(row, refusal, context);
  return refusal.status !== null && (refusal.status === 429 || refusal.status >= 500)
    ? overloaded(refusal)
    : unknown(refusal);
}

function problemOf(row: WordRow, refusal: Refusal, context: SignInContext): Problem {
  return {
    kind: row.passes ? 'unreachable' : 'signIn',
    title: filled(row.title, context),
    meaning: filled(row.meaning, context),
    todo: filled(row.todo, context),
    code: codeName(refusal),
    requestId: refusal.correlationId,
  };
}

function unknown(refusal: Refusal): Problem {
  return {
    kind: 'signIn',
    title: 'Signing in failed.',
    meaning: refusal.description,
    todo:
      refusal.code === null
        ? 'Sign in again; if it fails again, try the other way (--auth browser or --auth device-code).'
        : `Microsoft explains this code at https://login.microsoftonline.com/error?code=${refusal.code}`,
    code: codeName(refusal),
    requestId: refusal.correlationId,
  };
}

function overloaded(refusal: Refusal): Problem {
  const busy = refusal.status === 429;
  return {
    kind: 'unreachable',
    title: busy ? 'The sign-in service asked to wait.' : 'The sign-in service is out of order for the moment.',
    meaning: `It answered with HTTP ${refusal.status}.`,
    todo: 'Try again in a minute.',
    code: codeName(refusal),
    requestId: refusal.correlationId,
  };
}

const unreachedBecause: Readonly<Record<NetworkReason, string>> = {
  name: 'The name {service} could not be looked up (DNS): either there is no network, or no such name in it.',
  refused: 'Nothing at {service} takes connections, or a firewall is in between.',
  dropped: 'The connection to {service} broke off before the answer had come.',
  timeout: 'No answer came from {service} in time.',
  certificate: 'The certificate that {service} showed is not trusted here; a proxy may have put its own in place.',
  tls: 'No secure connection to {service} could be made (TLS).',
  proxy: 'The proxy did not let the connection to {service} through.',
  other: 'No connection to {service} could be made.',
};

function noAnswer({ message, status, cause }: NoAnswerError, { loginUrl }: SignInContext): Problem {
  const strange = status !== null;
  // Whatever the system said is for those who know its words; without it, the message is a sentence already.
  const failure = cause === undefined ? null : networkFailure(cause);
  const service = loginUrl === undefined ? 'the sign-in service' : new URL(loginUrl).host;
  return {
    kind: 'unreachable',
    title: strange ? 'Something else than the sign-in service answered.' : 'The sign-in service could not be reached.',
    meaning: failure === null ? message : unreachedBecause[failure.reason].replace('{service}', service),
    todo: strange
      ? 'A proxy or the sign-in page of a network may be in between: check it, and HTTPS_PROXY.'
      : 'Check the network, the proxy (HTTPS_PROXY) and --login-url, then try again.',
    code: failure?.detail ?? null,
    requestId: null,
  };
}

function fault(error: unknown): Problem {
  return {
    kind: 'fault',
    title: 'Signing in failed because of a fault in this program.',
    meaning: error instanceof Error ? error.message : String(error),
    todo: 'Please report it.',
    code: null,
    requestId: null,
  };
}

function codeName({ code, error }: Refusal): string | null {
  return code === null ? error || null : `AADSTS${code}`;
}

function filled(text: string, { tenant, clientId, loginUrl, permissions }: SignInContext): string {
  const service = loginUrl ?? 'https://login.microsoftonline.com';
  const consentUrl = `${service}/${encodeURIComponent(tenant)}/adminconsent?client_id=${encodeURIComponent(clientId)}`;
  return text
    .replaceAll('{consentUrl}', consentUrl)
    .replaceAll('{permissions}', (permissions ?? ['AuditLog.Read.All']).join(' and '))
    .replaceAll('{tenant}', tenant)
    .replaceAll('{clientId}', clientId);
}
