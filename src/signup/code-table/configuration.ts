/**
 * The application, its registration and its requests.
 * Numbers from https://learn.microsoft.com/entra/identity-platform/reference-error-codes, from the texts of
 * https://login.microsoftonline.com/error, and for 550022 and 901007 from the native authentication API. The wording is ours.
 */
import { present } from './row.ts';

const byAdmin = {
  kind: 'configuration',
  fixedBy: 'admin',
  tellThePerson: 'Something is set up incorrectly on our side. Please try again later.',
} as const;

export const configurationCodes = present('likely', [
  {
    ...byAdmin,
    code: 50011,
    meaning: 'redirect address mismatch',
    explanation: 'The application asked to return to an address that is not registered for it.',
    todo: 'Add exactly this redirect URI to the app registration, or correct it in the application.',
  },
  {
    ...byAdmin,
    code: 700016,
    meaning: 'app not found in tenant',
    explanation: 'The tenant has no application with this ID.',
    todo: 'Check the client ID and the tenant that the application uses.',
  },
  {
    ...byAdmin,
    code: 70001,
    meaning: 'app unknown or disabled',
    explanation: 'The tenant does not know the application, or it is disabled.',
    todo: 'Check the client ID, and that the enterprise application is enabled.',
  },
  {
    ...byAdmin,
    code: 7000112,
    meaning: 'app disabled',
    explanation: 'The application is disabled in the tenant.',
    todo: 'Enable the enterprise application if it should be in use.',
  },
  {
    ...byAdmin,
    code: 500207,
    presence: 'reported',
    meaning: 'account type not usable',
    explanation: 'Accounts of this type cannot be used for what the application asks for.',
    todo: "Check the application's authority (https://<name>.ciamlogin.com) and the account types that its registration supports.",
  },
  {
    ...byAdmin,
    code: 500208,
    presence: 'reported',
    meaning: 'wrong sign-in domain',
    explanation:
      'A customer account was used on a sign-in address that does not take customer accounts, such as login.microsoftonline.com.',
    todo: 'Set the authority of the application to https://<name>.ciamlogin.com. Customers of an external tenant can sign in only there.',
  },
  {
    ...byAdmin,
    code: 500011,
    meaning: 'API not found in tenant',
    explanation: 'The application asked for an API that the tenant does not know.',
    todo: "Register the API or consent to it in this tenant, and check its identifier in the application's settings.",
  },
  {
    ...byAdmin,
    code: 50001,
    meaning: 'API not valid or disabled',
    explanation: 'The API that the application asked for does not exist in the tenant, or is disabled.',
    todo: "Check the API's identifier, and that it is enabled.",
  },
  {
    ...byAdmin,
    code: 650057,
    meaning: 'API not on the app',
    explanation: "The application asked for an API that is not in its registration's permissions.",
    todo: "Add the API to the app registration's permissions and grant consent.",
  },
  {
    ...byAdmin,
    code: 7000218,
    meaning: 'app sent no secret',
    explanation: 'The application must send a secret or a certificate, and sent neither.',
    todo: 'Give the application its secret, or allow public client flows if it is a public client.',
  },
  {
    ...byAdmin,
    code: 7000215,
    meaning: 'app sent a wrong secret',
    explanation: "The application's secret is wrong. Often the secret's ID was copied instead of its value.",
    todo: 'Put the value of a valid secret into the application.',
  },
  {
    ...byAdmin,
    code: 7000222,
    meaning: "app's secret expired",
    explanation: "The application's secret has expired.",
    todo: 'Create a new secret in the app registration and put it into the application.',
  },
  {
    ...byAdmin,
    code: 700054,
    meaning: 'ID tokens not allowed',
    explanation: 'The application asked for an ID token directly, and its registration does not allow that.',
    todo: 'Tick ID tokens under Authentication in the app registration, or use the authorization code flow.',
  },
  {
    ...byAdmin,
    code: 50146,
    meaning: 'app needs own signing key',
    explanation:
      'The application uses custom claims, and has neither acceptMappedClaims nor its own valid signing key.',
    todo: "Set acceptMappedClaims to true in the application's manifest, or give it a signing key.",
  },
  {
    ...byAdmin,
    code: 501461,
    meaning: 'mapped claims: identifier',
    explanation: "The application accepts mapped claims, but its identifier is outside the tenant's verified domains.",
    todo: 'Use an identifier URI in a verified domain, or give the application its own signing key.',
  },
  {
    ...byAdmin,
    code: 9002325,
    meaning: 'app sent no PKCE proof',
    explanation: 'A page in the browser redeemed a code without PKCE, which is required there.',
    todo: 'Use a current sign-in library in the application. It sends the proof by itself.',
  },
  {
    ...byAdmin,
    code: 9002326,
    meaning: 'not registered as a SPA',
    explanation:
      'A page in the browser redeemed a code, and the redirect URI is not registered as a single-page application.',
    todo: 'Move the redirect URI to the platform "Single-page application" in the app registration.',
  },
  {
    ...byAdmin,
    code: 9002327,
    meaning: 'registered as a SPA',
    explanation: 'A server redeemed a code, and the redirect URI is registered as a single-page application.',
    todo: 'Move the redirect URI to the platform "Web" in the app registration.',
  },
  {
    ...byAdmin,
    code: 50147,
    meaning: 'PKCE challenge not valid',
    explanation: "The application's PKCE challenge has the wrong length.",
    todo: 'Fix the request in the application. A current sign-in library builds a valid one.',
  },
  {
    ...byAdmin,
    code: 501481,
    meaning: 'PKCE proof does not match',
    explanation: 'The application redeemed the code with a PKCE proof that does not belong to it.',
    todo: 'Check that the application keeps the proof between the two requests, also with several servers or tabs.',
  },
  {
    ...byAdmin,
    code: 54005,
    meaning: 'code redeemed twice',
    explanation: 'The application redeemed the same authorization code a second time.',
    todo: 'Redeem each code once in the application. A reloaded page often causes this.',
  },
  {
    ...byAdmin,
    code: 70008,
    meaning: 'authorization code expired',
    explanation: 'The application redeemed the authorization code, or a refresh token, after it had expired.',
    todo: 'Redeem the code right away in the application, and start a new sign-in when a token has expired.',
  },
  {
    ...byAdmin,
    code: 550022,
    presence: 'reported',
    meaning: 'app has no public flow',
    explanation: 'The application uses native authentication, and its registration does not allow public client flows.',
    todo: 'Allow public client flows and native authentication in the app registration.',
  },
  {
    ...byAdmin,
    code: 901007,
    presence: 'reported',
    meaning: 'native auth: no redirect',
    explanation: "The application's native authentication request lacks the challenge type redirect.",
    todo: 'Add redirect to the challenge types that the application sends.',
  },
  {
    ...byAdmin,
    code: 50196,
    meaning: 'app repeats itself',
    explanation: 'The application kept sending the same request and was stopped.',
    todo: 'Make the application use its token cache and handle errors before it asks again.',
  },
  {
    ...byAdmin,
    code: 90014,
    meaning: 'request lacks a field',
    explanation: "The application's request lacks a field that the protocol requires.",
    todo: 'Fix the request in the application. A current sign-in library sends all fields.',
  },
  {
    ...byAdmin,
    code: 90100,
    meaning: 'bad field in the request',
    explanation: "A field in the application's request is empty or not valid.",
    todo: 'Fix the request in the application. The failure reason may name the field.',
  },
  {
    ...byAdmin,
    code: 900144,
    meaning: 'request body lacks a field',
    explanation: "The body of the application's request lacks a field.",
    todo: 'Fix the request in the application. The failure reason may name the field.',
  },
]);
