/**
 * From the status, headers and text of an answer to an outcome. Pure. Status first, then Graph's error object; the body
 * of an error may be anything at all (a gateway's web page, nothing).
 * https://learn.microsoft.com/graph/errors
 */
import { redacted, redactedOrNull } from '../facts/redacted.ts';
import { member, textMember } from './json-member.ts';
import type { GraphErrorText, GraphOutcome } from './outcome.ts';
import { httpDateMs, retryAfterMs } from './retry-after.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Graph did not accept the token. `claims` is the challenge that came with it, decoded, for the next token. */
export interface Unauthorized {
  readonly kind: 'unauthorized';
  readonly claims: string | null;
  readonly error: GraphErrorText;
}

/** `throttled` without its end, which only the budget can tell. */
export type AnswerOutcome =
  | Exclude<GraphOutcome, { readonly kind: 'throttled' }>
  | Unauthorized
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | null; readonly error: GraphErrorText };

export function outcomeOfAnswer(answer: Answer, nowMs: number): AnswerOutcome {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return outcomeOfSuccess(answer);
  if (status >= 300 && status < 400) return { kind: 'malformed', reason: redirectReason(headers), requestId: null };
  const error = errorText(answer);
  const claims = claimsChallenge(headers.get('www-authenticate'));
  if (status === 401 || (status === 403 && claims !== null)) return { kind: 'unauthorized', claims, error };
  if (status === 403) return { kind: 'refused', error };
  if (status === 404) return { kind: 'notFound', error };
  const waitMs = retryAfterMs(headers, nowMs);
  if (status === 429) return { kind: 'throttled', retryAfterMs: waitMs, error };
  if (status >= 500 || status === 408) return { kind: 'unavailable', retryAfterMs: waitMs, error };
  return { kind: 'badRequest', error };
}

function outcomeOfSuccess({ headers, text }: Answer): AnswerOutcome {
  const requestId = redactedOrNull(headers.get('request-id'));
  const json = parseJson(text);
  if (json === undefined) return { kind: 'malformed', reason: malformedReason(text), requestId };
  const serverTimeMs = httpDateMs(headers.get('date') ?? '');
  return { kind: 'ok', json, requestId, serverTimeMs: Number.isNaN(serverTimeMs) ? null : serverTimeMs };
}

function malformedReason(text: string): string {
  const start = text.trimStart();
  if (start === '') return 'the answer was empty';
  if (start.startsWith('<')) return 'a web page came instead of data';
  return start.startsWith('{') ? 'the answer was cut off or damaged' : 'the answer was not JSON';
}

function redirectReason(headers: Headers): string {
  const target = headers.get('location') ?? '';
  const host = URL.canParse(target) ? ` to ${new URL(target).host}` : '';
  return `the request was redirected${host}, and redirects are not followed`;
}

/** Graph's words as they may be shown and logged: a server can repeat what it was sent, the token included. */
function errorText({ status, headers, text }: Answer): GraphErrorText {
  const error = member(parseJson(text), 'error');
  const inner = member(error, 'innerError') ?? member(error, 'innererror');
  const requestId = headers.get('request-id') ?? textMember(inner, 'request-id');
  return {
    status,
    // Some gateways send `{"error": "text"}`.
    code: redacted(textMember(error, 'code') ?? ''),
    message: redacted(textMember(error, 'message') ?? (typeof error === 'string' ? error : '')),
    requestId: redactedOrNull(requestId),
  };
}

/**
 * Takes a `WWW-Authenticate` header and gives the claims in it as the JSON text that MSAL wants, or null. They are
 * base64, of either alphabet. https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
export function claimsChallenge(header: string | null): string | null {
  const encoded = /\bclaims="([^"]+)"/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const binary = decodeBase64(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  return binary !== null && parseJson(binary) !== undefined ? binary : null;
}

function decodeBase64(text: string): string | null {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  } catch {
    // Not base64: then there is no challenge that anybody could answer.
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // `undefined` is no JSON value, so it can stand for "none".
    return undefined;
  }
}
