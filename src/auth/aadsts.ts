/**
 * What a failed sign-in means to a person, and what to do. Every error of signing in becomes a `Problem` here. The texts
 * are in the tables beside; the numbers are for display and for the one offer below, as Microsoft asks.
 */
import type { Problem } from '../facts/problem.ts';
import { redacted } from '../facts/redacted.ts';
import { type NetworkFailure, networkFailure } from '../graph/network-failure.ts';
import { networkWords } from '../graph/network-words.ts';
import { waitText } from '../graph/retry-after.ts';
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
  /** Origin of the Graph that the permissions are for; that of the global cloud when not given. */
  readonly graphUrl?: string;
  /** What was asked for; that of the sign-up log when not given. */
  readonly permissions?: readonly string[];
}

const rowOfCode: ReadonlyMap<number, CodeRow> = new Map(
  [...applicationCodes, ...accountCodes, ...sessionCodes].flatMap((row) => row.codes.map((code) => [code, row])),
);

/**
 * The tenant refuses the device code itself (security defaults, Conditional Access, a session tracked to a device code), or wants to
 * know the device, which a device code cannot show.
 */
const DEVICE_CODE_REFUSED: ReadonlySet<number> = new Set([530033, 530035, 530036, 53003, 53000, 53001, 50097, 50005]);

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
  const { retryAfterMs } = refusal;
  return {
    kind: 'unreachable',
    title: busy ? 'The sign-in service asked to wait.' : 'The sign-in service is out of order for the moment.',
    meaning: `It answered with HTTP ${refusal.status}.`,
    todo: `Try again in ${retryAfterMs === null ? 'a minute' : waitText(retryAfterMs)}.`,
    code: codeName(refusal),
    requestId: refusal.correlationId,
  };
}

/** Why no answer came from the sign-in service at all; null for every other error of signing in. */
export function unansweredBecause(error: unknown): NetworkFailure | null {
  const unanswered = error instanceof Error && error.cause instanceof NoAnswerError ? error.cause : error;
  if (!(unanswered instanceof NoAnswerError) || unanswered.cause === undefined) return null;
  return networkFailure(unanswered.cause);
}

function noAnswer({ message, status, cause }: NoAnswerError, { loginUrl }: SignInContext): Problem {
  if (status !== null) {
    return {
      kind: 'unreachable',
      title: 'Something else than the sign-in service answered.',
      meaning: message,
      todo: 'A proxy or the sign-in page of a network may be in between: check it, and HTTPS_PROXY.',
      code: null,
      requestId: null,
    };
  }
  // Without a cause the message is a sentence already.
  if (cause === undefined) {
    return {
      kind: 'unreachable',
      title: 'The sign-in service could not be reached.',
      meaning: message,
      todo: 'Check the network, the proxy (HTTPS_PROXY) and --login-url, then try again.',
      code: null,
      requestId: null,
    };
  }
  const service = loginUrl === undefined ? 'the sign-in service' : new URL(loginUrl).host;
  const failure = networkFailure(cause);
  const { code, detail } = failure;
  const { what, todo } = networkWords(failure, { service, option: '--login-url' });
  return { kind: 'unreachable', title: what, meaning: detail === what ? '' : detail, todo, code, requestId: null };
}

function fault(error: unknown): Problem {
  return {
    kind: 'fault',
    title: 'Signing in failed because of a fault in this program.',
    meaning: redacted(error instanceof Error ? error.message : String(error)),
    todo: 'Please report it.',
    code: null,
    requestId: null,
  };
}

function codeName({ code, error }: Refusal): string | null {
  return code === null ? error || null : `AADSTS${code}`;
}

function filled(text: string, context: SignInContext): string {
  const { tenant, clientId } = context;
  return text
    .replaceAll('{consentUrl}', consentUrl(context))
    .replaceAll('{permissions}', permissionsOf(context).join(' and '))
    .replaceAll('{tenant}', tenant)
    .replaceAll('{clientId}', clientId);
}

function permissionsOf({ permissions }: SignInContext): readonly string[] {
  return permissions ?? ['AuditLog.Read.All'];
}

/**
 * Where an administrator consents for the tenant. The page without `scope` asks for what a registration lists, and the default client
 * lists nothing of this. The redirect address has to be registered: `http://localhost` is for the default client, and the README asks
 * for it in other registrations.
 * https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
 */
function consentUrl(context: SignInContext): string {
  const { tenant, clientId, loginUrl, graphUrl } = context;
  const service = loginUrl ?? 'https://login.microsoftonline.com';
  const graph = new URL(graphUrl ?? 'https://graph.microsoft.com').origin;
  const query = {
    client_id: clientId,
    scope: permissionsOf(context)
      .map((permission) => `${graph}/${permission}`)
      .join(' '),
    redirect_uri: 'http://localhost',
  };
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${service}/${encodeURIComponent(tenant)}/v2.0/adminconsent?${parameters.join('&')}`;
}
