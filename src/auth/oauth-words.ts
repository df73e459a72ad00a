/**
 * What the words mean that come without an AADSTS number: those of OAuth (RFC 6749, RFC 8628) and those of MSAL. Data
 * only; a word that is not here is shown as it is.
 */
import { askForConsent, type CodeRow } from './aadsts-row.ts';

export type WordRow = Omit<CodeRow, 'codes'>;

const again = 'Sign in again.';

const noSavedTokens = {
  title: 'The saved sign-in can no longer be renewed.',
  meaning: '',
  todo: again,
};

const declined = {
  title: 'The sign-in was declined.',
  meaning: 'Somebody chose Cancel or No in the browser.',
  todo: `${again} If it was not you who declined, somebody else has seen the code.`,
};

const expired = { title: 'The code has expired.', meaning: '', todo: 'Sign in again with a new code.' };

const moreNeeded = {
  title: 'The tenant wants to see you sign in again.',
  meaning: 'A policy asks for something that only you can give, such as a second factor.',
  todo: again,
};

const consent = {
  title: 'Nobody has consented to this application reading the logs of the tenant.',
  meaning: '',
  todo: askForConsent,
};

const outOfOrder = {
  title: 'The sign-in service is out of order for the moment.',
  meaning: '',
  todo: 'Try again in a minute.',
  passes: true,
} as const;

const rows: Readonly<Record<string, WordRow>> = {
  access_denied: declined,
  authorization_declined: declined,
  expired_token: expired,
  device_code_expired: expired,
  bad_verification_code: {
    title: 'The code was not accepted.',
    meaning: 'It was mistyped, or belongs to another sign-in.',
    todo: 'Sign in again with a new code.',
  },
  invalid_grant: noSavedTokens,
  no_tokens_found: noSavedTokens,
  refresh_token_expired: noSavedTokens,
  bad_token: noSavedTokens,
  interaction_required: moreNeeded,
  login_required: moreNeeded,
  consent_required: consent,
  temporarily_unavailable: outOfOrder,
  server_error: outOfOrder,
  loopback_server_timeout: {
    title: 'This computer could not wait for the answer of the browser.',
    meaning: 'No local port could be opened.',
    todo: 'Sign in by device code: --auth device-code.',
  },
  state_mismatch: {
    title: 'The answer of the browser belongs to another sign-in.',
    meaning: 'Perhaps an older page was still open.',
    todo: `${again} Use only the newest page.`,
  },
};

/** By word. A map, since the word comes from outside and may be the name of something that every object has. */
export const rowOfWord: ReadonlyMap<string, WordRow> = new Map(Object.entries(rows));
