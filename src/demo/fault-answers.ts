/** Carries out a fault: an answer instead of the right one, or the right one spoiled. */
import type { Fault } from './faults.ts';
import {
  forbidden,
  type GraphAnswers,
  invalidFilterClause,
  invalidSkipToken,
  startTooOld,
  throttled,
  unauthorized,
} from './graph-answers.ts';

/** The answer that a fault gives instead of the right one; null when the right one is needed. @throws for `dropped` */
export function answerInstead(fault: Fault, answers: GraphAnswers): Response | null {
  switch (fault.kind) {
    case 'throttled':
      return answers.error(throttled(fault.retryAfterS, answers.requestId));
    case 'unauthorized':
      return answers.error(unauthorized(fault.reason));
    case 'claimsChallenge':
      return answers.error({
        status: 401,
        code: 'InvalidAuthenticationToken',
        message: 'Continuous access evaluation resulted in challenge with result: InteractionRequired',
        headers: {
          'www-authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${Buffer.from(fault.claims).toString('base64')}"`,
        },
      });
    case 'forbidden':
      return answers.error(forbidden(fault.reason));
    case 'notFound':
      return answers.error({ status: 404, code: 'ResourceNotFound', message: 'Resource not found.' });
    case 'serverError':
      return serverError(fault, answers);
    case 'dropped':
      throw connectionLost();
    case 'notJson':
      return new Response('<html><body><h1>Proxy authentication required</h1></body></html>', {
        status: 200,
        headers: answers.headers({ 'content-type': 'text/html' }),
      });
    case 'invalidSkipToken':
      return answers.error(invalidSkipToken(false));
    case 'invalidFilter':
      return answers.error(invalidFilterClause);
    case 'startTooOld':
      return answers.error(startTooOld(fault.minimumMs));
    case 'redirect':
      return new Response(null, { status: 302, headers: answers.headers({ location: fault.location }) });
    case 'slow':
    case 'droppedBody':
    case 'truncated':
    case 'filterIgnored':
    case 'emptyPage':
    case 'foreignNextLink':
      return null;
  }
}

/** Spoils a right answer on its way. */
export async function spoiled(fault: Fault, response: Response): Promise<Response> {
  if (fault.kind === 'truncated') return withBody(response, await firstHalf(response));
  if (fault.kind === 'droppedBody') return withBody(response, brokenOff(await firstHalf(response)));
  if (fault.kind === 'foreignNextLink') {
    const text = await response.text();
    return withBody(response, text.replace(/("@odata\.nextLink":")https:\/\/[^/]+/, `$1${fault.origin}`));
  }
  return response;
}

/** What `fetch` rejects with when the other side hangs up. */
function connectionLost(): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });
  return new TypeError('fetch failed', { cause });
}

function serverError(fault: Extract<Fault, { kind: 'serverError' }>, answers: GraphAnswers): Response {
  const { status, body, retryAfterS } = fault;
  const headers = retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) };
  if (body === 'json') {
    const code = status === 500 ? 'generalException' : status === 503 ? 'serviceNotAvailable' : 'UnknownError';
    return answers.error({ status, code, message: '', headers });
  }
  const html = `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>`;
  return new Response(body === 'html' ? html : null, {
    status,
    headers: answers.headers({ ...headers, ...(body === 'html' ? { 'content-type': 'text/html' } : {}) }),
  });
}

async function firstHalf(response: Response): Promise<string> {
  const text = await response.text();
  return text.slice(0, Math.floor(text.length / 2));
}

function brokenOff(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
    pull: (controller) => controller.error(connectionLost()),
  });
}

function withBody(response: Response, body: string | ReadableStream<Uint8Array>): Response {
  return new Response(body, { status: response.status, headers: response.headers });
}
