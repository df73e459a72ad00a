/** Answers as Graph gives them: JSON with its headers, and errors in its envelope. */
import type { Clock } from '../clock.ts';
import type { SeededRandom } from './random.ts';

const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

export interface GraphError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers one request: its ids are in every header and error body. */
export class GraphAnswers {
  readonly #clock: Clock;
  readonly #requestId: string;
  readonly #clientRequestId: string;

  constructor(request: Request, clock: Clock, random: SeededRandom) {
    this.#clock = clock;
    this.#requestId = random.guid();
    this.#clientRequestId = request.headers.get('client-request-id') ?? this.#requestId;
  }

  get requestId(): string {
    return this.#requestId;
  }

  json(text: string, headers: Readonly<Record<string, string>> = {}): Response {
    return new Response(text, { status: 200, headers: this.headers({ 'content-type': JSON_TYPE, ...headers }) });
  }

  error({ status, code, message, headers = {} }: GraphError): Response {
    const innerError = {
      date: new Date(this.#clock.now()).toISOString().slice(0, 19),
      'request-id': this.#requestId,
      'client-request-id': this.#clientRequestId,
    };
    return new Response(JSON.stringify({ error: { code, message, innerError } }), {
      status,
      headers: this.headers({ 'content-type': 'application/json', ...headers }),
    });
  }

  headers(more: Readonly<Record<string, string>>): Record<string, string> {
    return {
      'cache-control': 'no-cache',
      'request-id': this.#requestId,
      'client-request-id': this.#clientRequestId,
      date: new Date(this.#clock.now()).toUTCString(),
      ...more,
    };
  }
}

const accessTokenErrors = {
  empty: 'Access token is empty.',
  malformed: 'CompactToken parsing failed with error code: 80049217',
  expired: 'Access token has expired or is not yet valid.',
  audience: 'Access token validation failure. Invalid audience.',
} as const;

export type AccessTokenFault = keyof typeof accessTokenErrors;

export function unauthorized(fault: AccessTokenFault): GraphError {
  return {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: accessTokenErrors[fault],
    headers: { 'www-authenticate': 'Bearer realm="", error="invalid_token"' },
  };
}

/** `retryAfterS` null: an answer without the header. */
export function throttled(retryAfterS: number | null, requestId: string): GraphError {
  return {
    status: 429,
    code: 'UnknownError',
    message: `This request is throttled. Please try again after the value specified in the Retry-After header. CorrelationId: ${requestId}`,
    ...(retryAfterS === null ? {} : { headers: { 'retry-after': String(retryAfterS) } }),
  };
}

export const invalidFilterClause: GraphError = { status: 400, code: 'BadRequest', message: 'Invalid filter clause' };

export function invalidSkipToken(isEmpty: boolean): GraphError {
  return {
    status: 400,
    code: isEmpty ? 'UnknownError' : '',
    message: isEmpty ? 'Invalid Skip Token, skip token is null' : 'Invalid Skip Token',
  };
}

export function startTooOld(minimumMs: number): GraphError {
  return {
    status: 400,
    code: 'BadRequest',
    message: `The start date is older than the minimum allowed date: ${new Date(minimumMs).toISOString()}`,
  };
}

const missingScopes = ['AuditLog.Read.All'];

export const refusals = {
  licence: {
    code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    message: "Neither tenant is B2C or tenant doesn't have premium license",
  },
  role: { code: 'Authentication_RequestFromUnsupportedUserRole', message: 'User is not in the allowed roles' },
  permission: {
    code: 'Authentication_MSGraphPermissionMissing',
    message: `The principal does not have required Microsoft Graph permission(s): ${missingScopes.join(', ')} to call this API. For more information about Microsoft Graph permissions, please visit https://learn.microsoft.com/graph/permissions-overview.`,
  },
  directoryRead: {
    code: 'Authentication_ApplicationHasNoDirectoryReadAccess',
    message: 'Failed to do premium license check from ADGraph',
  },
  privileges: {
    code: 'Authorization_RequestDenied',
    message: 'Insufficient privileges to complete the operation.',
  },
} as const;

export function forbidden(reason: keyof typeof refusals): GraphError {
  return { status: 403, ...refusals[reason] };
}
