/**
 * What a failed sign-in means to a person, and what to do. Every error of signing in becomes a `Problem` here. The texts
 * are in the tables beside; the numbers are for display and for the one offer below, as Microsoft asks.
 */
import type { Problem } from '../facts/problem.ts';
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

/** The problem that an error of signing in stands for: refused (`signIn`), not reached (`unreachable`) or our `fault`. */
export function signInProblem(error: unknown, context: SignInContext): Problem {
  if (error instanceof Error && error.cause instanceof NoAnswerError) return noAnswer(error.cause);
  if (error instanceof NoAnswerError) return noAnswer(error);
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

function noAnswer({ message, status }: NoAnswerError): Problem {
  const strange = status !== null;
  return {
    kind: 'unreachable',
    title: strange ? 'Something else than the sign-in service answered.' : 'The sign-in service could not be reached.',
    meaning: message,
    todo: strange
      ? 'A proxy or the sign-in page of a network may be in between: check it, and HTTPS_PROXY.'
      : 'Check the network, the proxy (HTTPS_PROXY) and --login-url, then try again.',
    code: null,
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

function filled(text: string, { tenant, clientId, loginUrl }: SignInContext): string {
  const service = loginUrl ?? 'https://login.microsoftonline.com';
  const consentUrl = `${service}/${encodeURIComponent(tenant)}/adminconsent?client_id=${encodeURIComponent(clientId)}`;
  return text.replaceAll('{consentUrl}', consentUrl).replaceAll('{tenant}', tenant).replaceAll('{clientId}', clientId);
}
