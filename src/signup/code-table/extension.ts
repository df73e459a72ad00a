/**
 * Custom authentication extensions: the whole 1003xxx range.
 * Source: https://learn.microsoft.com/entra/identity-platform/custom-extension-troubleshoot; the wording is ours.
 */
import type { CodeRow } from './row.ts';

/** What to tell the person is the same for all: they can do nothing, and it is not their fault. */
const ourFault = 'Something on our side failed while you signed up: please try again later.';

const fixedByExtension = { kind: 'configuration', fixedBy: 'extension', tellThePerson: ourFault } as const;
const fixedByAdmin = { kind: 'configuration', fixedBy: 'admin', tellThePerson: ourFault } as const;

export const extensionCodes: readonly CodeRow[] = [
  {
    code: 1003000,
    kind: 'failure',
    meaning: 'Entra event handler crashed',
    explanation: 'Microsoft Entra met an unexpected error of its own while it dealt with the event.',
    todo: 'Have the person try again; if it goes on, open a ticket with the correlation ID.',
    fixedBy: 'microsoft',
    tellThePerson: ourFault,
  },
  {
    code: 1003001,
    kind: 'failure',
    meaning: 'extension call failed',
    explanation: 'An unexpected error happened while Microsoft Entra called the extension.',
    todo: "Read the extension's own log at the time of the call.",
    fixedBy: 'extension',
    tellThePerson: ourFault,
  },
  {
    ...fixedByExtension,
    code: 1003002,
    meaning: 'extension: bad HTTP status',
    explanation: 'The extension answered with an HTTP status that its event does not allow.',
    todo: 'Look at the HTTP status of the call and have the extension answer with an allowed one, usually 200.',
  },
  {
    ...fixedByExtension,
    code: 1003003,
    meaning: 'extension: unreadable answer',
    explanation: 'The body that the extension answered with could not be read.',
    todo: 'Compare the JSON of the answer with the schema for its event.',
  },
  {
    code: 1003004,
    kind: 'transient',
    meaning: 'extension: too many calls',
    explanation: 'The limit for calls to custom extensions was reached.',
    todo: 'Wait; if it comes back, let fewer events call the extension, and look for a flood of sign-ups.',
    fixedBy: 'extension',
    tellThePerson: 'Many people are signing up at the moment: please try again in a few minutes.',
  },
  {
    ...fixedByExtension,
    code: 1003005,
    meaning: 'extension timed out',
    explanation: 'The extension did not answer in time (about 2 s), or did not accept its access token.',
    todo: 'Keep the extension warm and fast; call it directly to see whether it accepts the token.',
  },
  {
    ...fixedByExtension,
    code: 1003006,
    meaning: 'extension: not JSON',
    explanation: 'The answer of the extension does not have the content type application/json.',
    todo: 'Set the Content-Type of the answer to application/json.',
  },
  {
    ...fixedByExtension,
    code: 1003007,
    meaning: 'extension: claims are null',
    explanation: 'The extension answered with null in place of the claims.',
    todo: 'Have the extension answer with a claims object, an empty one if there are none.',
  },
  {
    ...fixedByExtension,
    code: 1003008,
    meaning: 'extension: schema version',
    explanation: 'The answer has another API schema version than the call.',
    todo: 'Have the extension answer with the apiSchemaVersion that it was called with.',
  },
  {
    ...fixedByExtension,
    code: 1003009,
    meaning: 'extension: empty answer',
    explanation: 'The extension answered without a body where one is needed.',
    todo: 'Have the extension answer with the body that its event defines.',
  },
  {
    ...fixedByExtension,
    code: 1003010,
    meaning: 'extension: number of actions',
    explanation: 'The answer has more or fewer actions than its event allows.',
    todo: 'Have the extension answer with the number of actions that its event allows, usually one.',
  },
  {
    ...fixedByAdmin,
    code: 1003011,
    meaning: 'extension deleted',
    explanation: 'The listener points to a custom extension that does not exist any more.',
    todo: 'Link the listener of the user flow to an existing extension, or remove it.',
  },
  {
    ...fixedByExtension,
    code: 1003012,
    meaning: 'extension: wrong action',
    explanation: 'The extension answered with an action that its event does not allow.',
    todo: 'Have the extension answer with one of the action types of its event.',
  },
  {
    ...fixedByAdmin,
    code: 1003014,
    meaning: 'extension: identifier URI',
    explanation:
      "The identifier URI of the extension's app registration does not have the form api://{domain}/{app ID}.",
    todo: 'Correct the identifier URI in the app registration.',
  },
  {
    ...fixedByAdmin,
    code: 1003015,
    meaning: 'extension: domains differ',
    explanation: "The extension's URL and the identifier URI of its app registration have different domain names.",
    todo: "Use the domain of the extension's URL in the identifier URI of the app registration.",
  },
  {
    ...fixedByAdmin,
    code: 1003016,
    meaning: 'extension: API app missing',
    explanation: "The tenant has no service principal for the extension's app registration.",
    todo: "Create or restore the service principal that belongs to the extension's app registration.",
  },
  {
    ...fixedByAdmin,
    code: 1003017,
    meaning: 'extension: caller app missing',
    explanation: 'The service principal by which the extension is called was not found in the tenant.',
    todo: 'Create or restore the service principal.',
  },
  {
    ...fixedByAdmin,
    code: 1003018,
    meaning: 'extension: caller disabled',
    explanation: 'The service principal by which the extension is called is disabled in the tenant.',
    todo: 'Enable the service principal.',
  },
  {
    ...fixedByAdmin,
    code: 1003019,
    meaning: 'extension: API app disabled',
    explanation: "The service principal of the extension's app registration is disabled in the tenant.",
    todo: 'Enable the service principal.',
  },
  {
    ...fixedByAdmin,
    code: 1003020,
    meaning: 'extension: URL not valid',
    explanation: 'The URL of the extension is not a valid address that starts with https.',
    todo: 'Correct the target URL of the custom extension.',
  },
  {
    ...fixedByAdmin,
    code: 1003021,
    meaning: 'extension: consent missing',
    explanation: 'Nobody has granted the permission CustomAuthenticationExtensions.Receive.Payload.',
    todo: "Grant admin consent for it on the extension's app registration.",
  },
  {
    ...fixedByAdmin,
    code: 1003022,
    meaning: 'Graph app missing or disabled',
    explanation: 'The service principal of Microsoft Graph is missing in the tenant, or disabled.',
    todo: 'Restore or enable the service principal of Microsoft Graph.',
  },
  {
    ...fixedByExtension,
    code: 1003023,
    meaning: 'extension: address blocked',
    explanation: 'Microsoft Entra blocks the address of the extension.',
    todo: 'Move the extension to another host, or open a ticket.',
  },
  {
    ...fixedByExtension,
    code: 1003024,
    meaning: 'extension: answer too big',
    explanation: 'The answer of the extension is bigger than allowed.',
    todo: 'Have the extension answer with less.',
  },
  {
    ...fixedByExtension,
    code: 1003025,
    meaning: 'extension: claims too big',
    explanation: 'All claims of the answer together are bigger than allowed.',
    todo: 'Have the extension answer with fewer or shorter claims.',
  },
  {
    ...fixedByExtension,
    code: 1003026,
    meaning: 'extension: claim has no name',
    explanation: 'A claim in the answer of the extension has an empty name.',
    todo: 'Have the extension give every claim a name.',
  },
  {
    code: 1003027,
    kind: 'failure',
    meaning: 'extension not reachable',
    explanation: 'Microsoft Entra could not connect to the extension.',
    todo: 'Check DNS, the TLS certificate and the firewall of the extension.',
    fixedBy: 'extension',
    tellThePerson: ourFault,
  },
];
