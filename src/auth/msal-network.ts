/**
 * MSAL's network, over our `Send`. MSAL drops AADSTS numbers and mistakes a failed `/devicecode` for a code; here every
 * refusal becomes an `AuthError`, which MSAL lets through, with the whole refusal as its `cause`. Since MSAL never sees
 * a 429 or 5xx, its own throttle cache (60 s, by the real clock) stays empty: `Retry-After` is obeyed by the caller.
 * No secrets: neither requests nor successful answers may appear in an error.
 */
import type { AuthError, INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { type Answer, type AskOptions, createAsk, type Question } from './ask.ts';
import { type DeviceCodeTerms, deviceCodeIn, pollForDecision } from './device-poll.ts';
import { NoAnswerError, type Refusal, RefusalError } from './refusal.ts';

export interface MsalNetworkOptions extends AskOptions {
  /** MSAL's class, handed in because MSAL is loaded late. */
  readonly AuthError: typeof AuthError;
}

/** MSAL sends the short name, which Microsoft takes as well; the long one is that of RFC 8628. */
const DEVICE_CODE_GRANT = /^(urn:ietf:params:oauth:grant-type:)?device_code$/;

/** One network for one operation: it remembers the terms of the device code, and ends with `signal`. */
export function createMsalNetwork(options: MsalNetworkOptions): INetworkModule {
  const { clock, signal, AuthError } = options;
  const ask = createAsk(options);
  let terms: DeviceCodeTerms | null = null;

  async function exchange<Body>(question: Question): Promise<NetworkResponse<Body>> {
    const polls = DEVICE_CODE_GRANT.test(new URLSearchParams(question.body ?? '').get('grant_type') ?? '');
    const answering = polls && terms ? pollForDecision(question, { ask, clock, signal, terms }) : ask(question);
    const answer = await answering.catch((error: unknown) => {
      throw error instanceof NoAnswerError ? unanswered(error) : error;
    });
    if (!answer.ok) throw refused(answer.refusal);
    const { status, headers } = answer;
    return {
      headers: { ...headers },
      status,
      body: parsed<Body>(isDeviceCode(question) ? noted(answer) : answer.text),
    };
  }

  /** Keeps the terms of a device code, and gives the text with them filled in. */
  function noted({ text, status }: Answer & { ok: true }): string {
    const code = deviceCodeIn(text, clock.moment());
    if (!code) throw unanswered(new NoAnswerError('The answer holds no device code.', status));
    terms = code.terms;
    return code.text;
  }

  function unanswered(cause: NoAnswerError): AuthError {
    return withCause(new AuthError('network_error', '', cause.message), cause);
  }

  function refused(refusal: Refusal): AuthError {
    const { error, correlationId, description, code } = refusal;
    const number = code === null ? undefined : String(code);
    return withCause(new AuthError(error, correlationId ?? '', description, number), new RefusalError(refusal));
  }

  return {
    sendGetRequestAsync: (url, request) => exchange(questionOf('GET', url, request)),
    sendPostRequestAsync: (url, request) => exchange(questionOf('POST', url, request)),
  };
}

function questionOf(method: 'GET' | 'POST', url: string, request: NetworkRequestOptions | undefined): Question {
  const headers = { accept: 'application/json', ...request?.headers };
  return { method, url, headers, body: method === 'POST' ? (request?.body ?? '') : null };
}

function isDeviceCode(question: Question): boolean {
  return new URL(question.url).pathname.endsWith('/devicecode');
}

function parsed<Body>(text: string): Body {
  return JSON.parse(text);
}

function withCause(error: AuthError, cause: Error): AuthError {
  error.cause = cause;
  return error;
}
