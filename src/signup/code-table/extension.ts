/**
 * Results of calls to custom authentication extensions. Not the whole 1003xxx range: 1003013 and 1003030 to 1003039 are
 * about other things.
 * Source: https://learn.microsoft.com/entra/identity-platform/custom-extension-troubleshoot; the name of the permission is that of
 * https://learn.microsoft.com/graph/permissions-reference. The wording is ours.
 */
import { present } from './row.ts';

/** What to tell the person is the same for all: they can do nothing, and it is not their fault. */
const ourFault = 'Something went wrong on our side. Please try again later.';

const fixedByExtension = { kind: 'configuration', fixedBy: 'extension', tellThePerson: ourFault } as const;
const fixedByAdmin = { kind: 'configuration', fixedBy: 'admin', tellThePerson: ourFault } as const;

export const extensionCodes = present('documented', [
  {
    code: 1003000,
    kind: 'failure',
    meaning: 'Entra event handler crashed',
    explanation: 'Entra ran into an unexpected error of its own while handling the event.',
    todo: 'Have the person try again. If it keeps happening, open a ticket with the correlation ID.',
    fixedBy: 'microsoft',
    tellThePerson: ourFault,
  },
  {
    code: 1003001,
    kind: 'failure',
    meaning: 'extension call failed',
    explanation: 'An unexpected error occurred when Entra called the extension.',
    todo: "Look at the extension's own log at the time of the call.",
    fixedBy: 'extension',
    tellThePerson: ourFault,
  },
  {
    ...fixedByExtension,
    code: 1003002,
    meaning: 'extension: bad HTTP status',
    explanation: 'The extension answered with an HTTP status that is not allowed for its event.',
    todo: 'Check the HTTP status of the call. With 401, check which token issuer the API accepts: external tenants sign with the keys of {tenant ID}.ciamlogin.com. A good answer usually has status 200.',
  },
  {
    ...fixedByExtension,
    code: 1003003,
    meaning: 'extension: unreadable answer',
    explanation: "Entra could not parse the body of the extension's response.",
    todo: "Compare the response's JSON with the schema for the event.",
  },
  {
    code: 1003004,
    kind: 'transient',
    meaning: 'extension: too many calls',
    explanation: 'The limit on calls to custom extensions was reached.',
    todo: 'Wait. If it comes back, call the extension from fewer events, and look for a flood of sign-ups.',
    fixedBy: 'extension',
    tellThePerson: 'Many people are signing up right now. Please try again in a few minutes.',
  },
  {
    ...fixedByExtension,
    code: 1003005,
    meaning: 'extension timed out',
    explanation: 'The extension did not answer in time (about 2 s), or rejected the access token that Entra sent.',
    todo: 'Keep the API warm and fast. If it answers quickly, check which token issuer it accepts: external tenants sign with the keys of {tenant ID}.ciamlogin.com.',
  },
  {
    ...fixedByExtension,
    code: 1003006,
    meaning: 'extension: not JSON',
    explanation: "The extension's response does not have the content type application/json.",
    todo: 'Set the Content-Type of the response to application/json.',
  },
  {
    ...fixedByExtension,
    code: 1003007,
    meaning: 'extension: claims are null',
    explanation: 'The extension returned null instead of a claims object.',
    todo: 'Return a claims object, or an empty one if there are no claims.',
  },
  {
    ...fixedByExtension,
    code: 1003008,
    meaning: 'extension: schema version',
    explanation: 'The response has a different API schema version than the request.',
    todo: 'Return the apiSchemaVersion that the extension was called with.',
  },
  {
    ...fixedByExtension,
    code: 1003009,
    meaning: 'extension: empty answer',
    explanation: 'The extension returned no body where one is required.',
    todo: 'Return the body that the event requires.',
  },
  {
    ...fixedByExtension,
    code: 1003010,
    meaning: 'extension: number of actions',
    explanation: 'The response has more or fewer actions than the event allows.',
    todo: 'Return the number of actions that the event allows, usually one.',
  },
  {
    ...fixedByAdmin,
    code: 1003011,
    meaning: 'extension deleted',
    explanation: 'The listener points to a custom extension that no longer exists.',
    todo: 'Link the user flow or application to an existing extension, or remove the link.',
  },
  {
    ...fixedByExtension,
    code: 1003012,
    meaning: 'extension: wrong action',
    explanation: 'The extension returned an action that is not allowed for its event.',
    todo: 'Return one of the action types that the event allows.',
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
    todo: "Create or restore the service principal of the extension's app registration.",
  },
  {
    ...fixedByAdmin,
    code: 1003017,
    meaning: 'extension: caller app missing',
    explanation:
      "The tenant has no service principal for Azure AD Authentication Extensions, Microsoft's app that calls extensions.",
    todo: 'Create or restore the service principal of app ID 99045fe1-7639-4a75-9d4a-577b6ca3810f.',
  },
  {
    ...fixedByAdmin,
    code: 1003018,
    meaning: 'extension: caller disabled',
    explanation:
      "Azure AD Authentication Extensions, Microsoft's app that calls extensions, is disabled in the tenant.",
    todo: 'Enable the enterprise application with app ID 99045fe1-7639-4a75-9d4a-577b6ca3810f.',
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
    explanation: "The extension's target URL is not a valid https address.",
    todo: 'Correct the target URL of the custom extension.',
  },
  {
    ...fixedByAdmin,
    code: 1003021,
    meaning: 'extension: consent missing',
    explanation:
      "The extension's app registration lacks consent for the permission CustomAuthenticationExtension.Receive.Payload.",
    todo: "Grant admin consent for it on the extension's app registration.",
  },
  {
    ...fixedByAdmin,
    code: 1003022,
    meaning: 'Graph app missing or disabled',
    explanation: "Microsoft Graph's service principal is missing from the tenant, or disabled.",
    todo: "Restore or enable Microsoft Graph's service principal.",
  },
  {
    ...fixedByExtension,
    code: 1003023,
    meaning: 'extension: address blocked',
    explanation: "Entra blocks the extension's address.",
    todo: 'Move the extension to another host, or open a ticket.',
  },
  {
    ...fixedByExtension,
    code: 1003024,
    meaning: 'extension: answer too big',
    explanation: "The extension's response is larger than allowed.",
    todo: 'Return less.',
  },
  {
    ...fixedByExtension,
    code: 1003025,
    meaning: 'extension: claims too big',
    explanation: 'The claims in the response are larger in total than allowed.',
    todo: 'Return fewer or shorter claims.',
  },
  {
    ...fixedByExtension,
    code: 1003026,
    meaning: 'extension: claim has no name',
    explanation: 'A claim in the response has an empty name.',
    todo: 'Give every claim a name.',
  },
  {
    code: 1003027,
    kind: 'failure',
    meaning: 'extension not reachable',
    explanation: 'Entra could not connect to the extension.',
    todo: "Check the extension's DNS name, TLS certificate and firewall.",
    fixedBy: 'extension',
    tellThePerson: ourFault,
  },
]);
