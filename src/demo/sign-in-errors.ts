/** The sign-in service's error bodies. Words and texts: reference-error-codes of Microsoft's identity platform. */
import type { Clock } from '../clock.ts';
import type { SeededRandom } from './random.ts';

export interface SignInError {
  /** The number after `AADSTS`. */
  readonly code: number;
  /** OAuth's word; by the code when left out. */
  readonly error?: string;
  readonly suberror?: string;
  readonly text?: string;
  /** HTTP status; by the code when left out. */
  readonly status?: number;
}

interface KnownError {
  readonly error: string;
  readonly text: string;
  readonly suberror?: string;
  readonly status?: number;
}

const known: ReadonlyMap<number, KnownError> = new Map<number, KnownError>([
  [
    50011,
    {
      error: 'invalid_request',
      text: 'The redirect URI specified in the request does not match the redirect URIs configured for the application.',
    },
  ],
  [
    50059,
    {
      error: 'invalid_request',
      text: 'No tenant-identifying information found in either the request or implied by any provided credentials.',
    },
  ],
  [
    50076,
    {
      error: 'invalid_grant',
      suberror: 'basic_action',
      text: 'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication.',
    },
  ],
  [
    50173,
    {
      error: 'invalid_grant',
      text: 'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
    },
  ],
  [
    53003,
    {
      error: 'invalid_grant',
      suberror: 'message_only',
      text: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    },
  ],
  [
    53000,
    { error: 'invalid_grant', suberror: 'message_only', text: 'Device is not in required device state: compliant.' },
  ],
  [
    54005,
    {
      error: 'invalid_grant',
      text: 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    },
  ],
  [
    65001,
    {
      error: 'invalid_grant',
      suberror: 'consent_required',
      text: 'The user or administrator has not consented to use the application.',
    },
  ],
  [65004, { error: 'access_denied', text: 'User declined to consent to access the app.' }],
  [70000, { error: 'invalid_grant', text: 'Provided grant is invalid or malformed.' }],
  [70003, { error: 'unsupported_grant_type', text: 'The app requested an unsupported grant type.' }],
  [
    70008,
    { error: 'invalid_grant', text: 'The provided authorization code or refresh token has expired due to inactivity.' },
  ],
  [
    70016,
    {
      error: 'authorization_pending',
      text: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
    },
  ],
  [
    70018,
    {
      error: 'bad_verification_code',
      text: 'Invalid verification code due to User typing in wrong user code for device code flow.',
    },
  ],
  [70019, { error: 'expired_token', text: 'Verification code expired. Have the user retry the sign-in.' }],
  [70020, { error: 'authorization_declined', text: 'The user declined the authorization request.' }],
  [
    90002,
    {
      error: 'invalid_request',
      text: 'Tenant not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.',
    },
  ],
  [90033, { error: 'temporarily_unavailable', text: 'A transient error has occurred. Please try again.', status: 503 }],
  [90055, { error: 'temporarily_unavailable', text: 'There are too many requests from this tenant.', status: 429 }],
  [
    90094,
    { error: 'access_denied', text: 'Admin consent is required for the permissions requested by this application.' },
  ],
  [
    501481,
    {
      error: 'invalid_grant',
      text: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    },
  ],
  [
    530035,
    {
      error: 'invalid_grant',
      suberror: 'message_only',
      text: 'Access has been blocked by security defaults. The access policy does not allow token issuance.',
    },
  ],
  [
    530036,
    {
      error: 'invalid_grant',
      suberror: 'message_only',
      text: 'Refresh token is protocol tracked: it was obtained by a flow that is now blocked.',
    },
  ],
  [
    700016,
    {
      error: 'unauthorized_client',
      text: 'Application was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant.',
    },
  ],
  [700082, { error: 'invalid_grant', text: 'The refresh token has expired due to inactivity.' }],
  [7000112, { error: 'unauthorized_client', text: 'The application is disabled.' }],
  [
    7000218,
    {
      error: 'invalid_client',
      text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      status: 401,
    },
  ],
  [900144, { error: 'invalid_request', text: 'The request body must contain a parameter that is missing.' }],
]);

/** The answer of an endpoint that gives JSON. */
export function signInErrorResponse(
  request: Request,
  signInError: SignInError,
  clock: Clock,
  random: SeededRandom,
): Response {
  const { error, status, suberror, description, timestamp, traceId, correlationId } = details(
    request,
    signInError,
    clock,
    random,
  );
  const body = {
    error,
    error_description: description,
    error_codes: [signInError.code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${signInError.code}`,
    ...(suberror === undefined ? {} : { suberror }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store, no-cache',
      date: new Date(clock.now()).toUTCString(),
      'x-ms-request-id': traceId,
    },
  });
}

/** The same error as parameters, for an endpoint that redirects. */
export function signInErrorParams(
  request: Request,
  signInError: SignInError,
  clock: Clock,
  random: SeededRandom,
): Record<string, string> {
  const { error, description, suberror } = details(request, signInError, clock, random);
  return {
    error,
    error_description: description,
    error_uri: `https://login.microsoftonline.com/error?code=${signInError.code}`,
    ...(suberror === undefined ? {} : { error_subcode: suberror }),
  };
}

function details(request: Request, signInError: SignInError, clock: Clock, random: SeededRandom) {
  const { code } = signInError;
  const usual = known.get(code) ?? { error: 'invalid_grant', text: 'The request was refused.' };
  const timestamp = `${new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const traceId = random.guid();
  const correlationId = request.headers.get('client-request-id') ?? random.guid();
  const text = signInError.text ?? usual.text;
  return {
    error: signInError.error ?? usual.error,
    status: signInError.status ?? usual.status ?? 400,
    suberror: signInError.suberror ?? usual.suberror,
    description: `AADSTS${code}: ${text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    timestamp,
    traceId,
    correlationId,
  };
}
