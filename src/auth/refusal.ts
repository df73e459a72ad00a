/**
 * What the sign-in service said when it refused, as data. Reads the error bodies of the service and the errors that MSAL
 * makes of them; what they mean to a person is decided in `aadsts.ts`. It must never carry a token, a code or a request.
 */
import { redacted, redactedOrNull } from '../facts/redacted.ts';

export interface Refusal {
  /** The OAuth word or MSAL's own, e.g. `invalid_grant`, `device_code_expired`; empty when there was none. */
  readonly error: string;
  /** Microsoft's sentence about it, without the number and the trace lines. */
  readonly description: string;
  /** The AADSTS number, e.g. 530035. */
  readonly code: number | null;
  readonly correlationId: string | null;
  /** HTTP status; null when the refusal did not come as an HTTP answer. */
  readonly status: number | null;
  /** How long the service asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | null;
}

/** The refusal in a JSON body of the sign-in service, or null when the body is none. */
export function refusalIn(body: unknown): Refusal | null {
  if (typeof body !== 'object' || body === null || !('error' in body) || typeof body.error !== 'string') return null;
  const text = 'error_description' in body && typeof body.error_description === 'string' ? body.error_description : '';
  const listed: unknown = 'error_codes' in body && Array.isArray(body.error_codes) ? body.error_codes[0] : null;
  const correlationId =
    'correlation_id' in body && typeof body.correlation_id === 'string' ? body.correlation_id : null;
  return {
    error: redacted(body.error),
    description: sentenceIn(text),
    code: typeof listed === 'number' ? listed : numberIn(text),
    correlationId: redactedOrNull(correlationId),
    status: null,
    retryAfterMs: null,
  };
}

/** The refusal that an error stands for: our own in its `cause`, else what MSAL wrote into it; null for other errors. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Error)) return null;
  if (error.cause instanceof RefusalError) return error.cause.refusal;
  if (error instanceof RefusalError) return error.refusal;
  if (!('errorCode' in error) || typeof error.errorCode !== 'string') return null;
  const text = 'errorMessage' in error && typeof error.errorMessage === 'string' ? error.errorMessage : '';
  const named = 'errorNo' in error ? Number(error.errorNo) : Number.NaN;
  const sub = 'subError' in error && typeof error.subError === 'string' && /^\d+$/.test(error.subError);
  const correlationId = 'correlationId' in error && typeof error.correlationId === 'string' ? error.correlationId : '';
  return {
    error: redacted(error.errorCode),
    description: sentenceIn(text),
    code: named > 0 ? named : sub ? Number(error.subError) : numberIn(text),
    correlationId: correlationId === '' ? null : redacted(correlationId),
    status: null,
    retryAfterMs: null,
  };
}

/** Carries a refusal through MSAL, as the `cause` of the error that MSAL lets pass. */
export class RefusalError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.error);
    this.name = 'RefusalError';
    this.refusal = refusal;
  }
}

/** No answer at all came from the sign-in service, or none that can be one; the message is for people. */
export class NoAnswerError extends Error {
  /** Null when not even an HTTP status came. */
  readonly status: number | null;

  constructor(message: string, status: number | null, cause?: unknown) {
    super(message, { cause });
    this.name = 'NoAnswerError';
    this.status = status;
  }
}

function numberIn(text: string): number | null {
  const found = /AADSTS(\d{4,})/.exec(text);
  return found?.[1] === undefined ? null : Number(found[1]);
}

/** The texts read "AADSTS50173: The provided grant … Trace ID: … Correlation ID: … Timestamp: …". */
function sentenceIn(text: string): string {
  return redacted(text)
    .replace(/^.*?AADSTS\d+:\s*/s, '')
    .replace(/\s*Trace ID:.*$/s, '')
    .trim();
}
