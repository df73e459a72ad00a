/**
 * External identity providers and accounts of other directories.
 * Numbers from https://learn.microsoft.com/entra/identity-platform/reference-error-codes and from the texts of
 * https://login.microsoftonline.com/error; the wording is ours. 40014 is known from reports only, and of 40016 no more than that the
 * provider answered with an error.
 */
import { present } from './row.ts';

const tryOtherWay = 'Signing up through this provider did not work. Please try again, or use your e-mail address.';

const failed = {
  kind: 'failure',
  todo: "Check the provider's client ID, client secret and redirect URI, and the provider's own log.",
  fixedBy: 'admin',
  tellThePerson: tryOtherWay,
} as const;

const settings = { kind: 'configuration', fixedBy: 'admin', tellThePerson: tryOtherWay } as const;

const oidc = {
  ...settings,
  todo: "Compare issuer, keys (jwks) and well-known address in the provider's settings here with what the provider publishes.",
} as const;

const saml = {
  ...settings,
  todo: 'Compare the issuer, certificate and addresses of the SAML federation on both sides.',
} as const;

const definition = {
  ...settings,
  meaning: 'provider set up incorrectly',
  todo: 'Correct the domain, issuer and addresses in the federation settings of the tenant.',
} as const;

const wrongDirectory = {
  kind: 'failure',
  todo: 'Nothing for one person. To let them in, invite them, or point them to another way to sign up.',
  fixedBy: 'person',
  tellThePerson: 'This account cannot be used here. Please sign up with another e-mail address.',
} as const;

export const federationCodes = present('likely', [
  {
    ...failed,
    code: 20001,
    meaning: 'provider sign-in failed',
    explanation: 'The federated identity provider answered with an error, or Entra could not use its answer.',
  },
  {
    ...failed,
    code: 20012,
    meaning: 'provider protocol error',
    explanation: 'The messages exchanged with the federated identity provider did not follow the protocol.',
  },
  {
    ...failed,
    code: 40002,
    meaning: 'provider answered: error',
    explanation: 'The identity provider answered with an error. The failure reason may have its status and message.',
  },
  {
    ...failed,
    code: 40003,
    meaning: 'provider sent no token',
    explanation: 'The identity provider did not send a token that the sign-up needs.',
  },
  {
    ...failed,
    code: 40004,
    meaning: 'provider sent no token',
    explanation: 'The identity provider did not send a token that the sign-up needs.',
  },
  {
    ...failed,
    code: 40005,
    meaning: 'provider: token out of date',
    explanation: "The identity provider's token had expired, or was not valid yet.",
    todo: "Check the provider's clock and how long its tokens are valid.",
  },
  {
    ...failed,
    code: 40008,
    meaning: 'provider: unexpected error',
    explanation: 'The identity provider answered with an error that Entra did not expect.',
  },
  {
    ...failed,
    code: 40009,
    meaning: 'provider refused the renewal',
    explanation: 'The identity provider refused to renew a sign-in. First sign-ups hardly ever have this.',
  },
  {
    code: 40010,
    kind: 'transient',
    meaning: 'provider: retryable error',
    explanation: 'The identity provider answered with an error that may pass by itself.',
    todo: "Nothing for one event. If there are many, check the provider's status page.",
    fixedBy: 'nobody',
    tellThePerson: 'The provider had a problem. Please try again in a moment.',
  },
  {
    ...settings,
    code: 40013,
    meaning: 'social sign-in disabled',
    explanation: 'Sign-in with social accounts is disabled in Entra.',
    todo: "Check that the provider is configured and part of the user flow. If it is, check Entra's service health.",
  },
  {
    code: 40014,
    kind: 'transient',
    meaning: 'provider unavailable',
    explanation: 'The identity provider could not be reached.',
    todo: "Check the provider's status page, and offer another way to sign up meanwhile.",
    fixedBy: 'nobody',
    tellThePerson: 'The provider cannot be reached right now. Please try again later, or use your e-mail address.',
  },
  {
    ...failed,
    code: 40015,
    meaning: 'provider: invalid answer',
    explanation:
      'The identity provider refused to exchange its authorization code for a token, usually because of the client secret or the redirect URI.',
  },
  {
    ...failed,
    code: 40016,
    meaning: 'provider: error',
    explanation: 'The identity provider answered with an error. Microsoft publishes no more about this code.',
  },
  {
    ...failed,
    code: 54007,
    meaning: 'provider: method unsupported',
    explanation: 'The sign-in method is not supported for this kind of identity provider.',
  },
  {
    ...failed,
    code: 90050,
    meaning: 'provider: answer too long',
    explanation: "The identity provider's answer is longer than Entra accepts.",
    todo: 'Have the provider send fewer claims.',
  },
  {
    ...settings,
    code: 90088,
    meaning: 'mail domain not allowed',
    explanation: "The domain of the person's e-mail address is not on the identity provider's list of allowed domains.",
    todo: 'Add the domain to the list of the identity provider if these people may sign up.',
    tellThePerson: 'This e-mail address cannot be used with this provider. Please sign up another way.',
  },
  {
    code: 90123,
    kind: 'failure',
    meaning: 'provider denied, or cancelled',
    explanation: 'The identity provider issued no token. Usually the person cancelled there or did not agree.',
    todo: 'Nothing. If there are many, check what the provider asks people to agree to.',
    fixedBy: 'person',
    tellThePerson: 'The provider did not confirm you. Please try again and agree there, or use your e-mail address.',
  },
  {
    ...failed,
    code: 90134,
    meaning: 'provider: no claims',
    explanation: "Entra could not fetch the person's claims from the identity provider.",
  },
  {
    ...oidc,
    code: 50006,
    meaning: 'provider: bad signature',
    explanation: "The signature of the identity provider's token is not valid.",
  },
  {
    ...oidc,
    code: 50027,
    meaning: 'provider: ID token not valid',
    explanation: "Entra could not accept the identity provider's ID token: signature, issuer, audience, time or form.",
  },
  {
    ...oidc,
    code: 500126,
    meaning: 'provider: unknown key',
    explanation: "The identity provider's ID token is signed with a key that Entra cannot verify.",
  },
  {
    ...oidc,
    code: 500277,
    meaning: 'provider: unexpected issuer',
    explanation: 'The ID token has another issuer than the one configured for the identity provider.',
  },
  {
    ...oidc,
    code: 70041,
    meaning: 'provider: nonce mismatch',
    explanation: "The nonce in the identity provider's token is not the one that Entra sent.",
    todo: 'Have the provider return the nonce of each request unchanged.',
  },
  {
    ...oidc,
    code: 70024,
    meaning: 'provider: metadata incomplete',
    explanation: "The identity provider's metadata lacks a required field.",
    todo: "Check the document at the provider's well-known address. The failure reason may name the field.",
  },
  {
    ...saml,
    code: 50008,
    meaning: 'SAML answer not valid',
    explanation: "The identity provider's SAML response lacks something, or its settings do not match yours.",
  },
  {
    ...settings,
    code: 5000819,
    meaning: 'SAML: no e-mail claim',
    explanation: 'The SAML response has no e-mail address, or one from a domain outside the federation.',
    todo: 'Have the identity provider send the e-mail claim, with the domain that the federation is set up for.',
  },
  {
    ...saml,
    code: 500081,
    meaning: 'SAML: not signed',
    explanation: 'The SAML assertion has no signature that Entra supports.',
    todo: 'Have the identity provider sign its assertions with a supported algorithm.',
  },
  {
    ...saml,
    code: 500082,
    meaning: 'SAML: no assertion',
    explanation: 'The SAML response contains no assertion.',
  },
  {
    ...saml,
    code: 500085,
    meaning: 'SAML: wrong version',
    explanation: 'The SAML assertion has a version that Entra does not support.',
  },
  {
    ...saml,
    code: 500086,
    meaning: 'SAML: bad assertion ID',
    explanation: 'The ID of the SAML assertion is not valid XML.',
  },
  {
    ...saml,
    code: 500087,
    meaning: 'SAML: no statement',
    explanation: 'The SAML assertion contains no statement.',
  },
  {
    ...saml,
    code: 500088,
    meaning: 'SAML: attribute missing',
    explanation: 'The SAML assertion lacks a required attribute.',
  },
  {
    ...saml,
    code: 500089,
    meaning: 'SAML: assertion not valid',
    explanation: 'The SAML 2.0 assertion is not valid. The failure reason may say why.',
  },
  {
    ...settings,
    code: 50093,
    meaning: 'SAML: no NameID',
    explanation: 'There is no value for the SAML NameID.',
    todo: 'Check where the NameID comes from in the SAML settings, and that the account has a value for it.',
  },
  {
    ...settings,
    code: 50094,
    meaning: 'SAML: NameID source unknown',
    explanation: 'The configured source of the SAML NameID is unknown.',
    todo: 'Choose a valid source for the NameID in the SAML settings.',
  },
  {
    ...settings,
    code: 50095,
    meaning: 'SAML: e-mail source unknown',
    explanation: 'The configured source of the SAML e-mail claim is unknown.',
    todo: 'Choose a valid source for the e-mail claim in the SAML settings.',
  },
  {
    ...settings,
    code: 50096,
    meaning: 'SAML: NameID format',
    explanation: 'The configured source of the SAML NameID does not fit the requested format.',
    todo: 'Choose a NameID source that fits the format.',
  },
  {
    ...settings,
    code: 50107,
    meaning: 'federation unknown',
    explanation: 'The requested federation does not exist in this tenant.',
    todo: 'Check the domain and the federation settings of the tenant.',
  },
  { ...definition, code: 1000005, explanation: "The identity provider's definition lacks a domain." },
  {
    ...definition,
    code: 1000006,
    explanation: "The identity provider's definition lacks its domain, issuer or sign-in address.",
  },
  { ...definition, code: 1000007, explanation: "An address in the identity provider's definition is not complete." },
  {
    ...definition,
    code: 1000008,
    explanation: "An address in the identity provider's definition does not start with https.",
  },
  {
    ...definition,
    code: 1000009,
    explanation: "The identity provider's definition names a protocol other than SAML, WS-Federation or OAuth 2.0.",
  },
  { ...definition, code: 1000010, explanation: "The domain in the identity provider's definition is not valid." },
  { ...definition, code: 1000011, explanation: "The issuer in the identity provider's definition is not valid." },
  { ...definition, code: 1000012, explanation: "The domain in the identity provider's definition is reserved." },
  { ...definition, code: 1000013, explanation: "The issuer in the identity provider's definition is reserved." },
  {
    ...wrongDirectory,
    code: 50020,
    meaning: 'account of another directory',
    explanation:
      'The person used an account that this tenant does not know: a personal Microsoft account, or one of another organization.',
  },
  {
    ...wrongDirectory,
    code: 90072,
    meaning: 'external account unknown here',
    explanation: 'The account belongs to another directory and must first be added to this tenant as a guest.',
  },
  {
    ...wrongDirectory,
    code: 16000,
    meaning: 'signed-in account not usable',
    explanation: 'The browser was signed in with an account that this tenant does not know.',
    tellThePerson: 'Please choose another account, or start again in a private window.',
  },
  {
    ...wrongDirectory,
    code: 16003,
    meaning: 'account not added to tenant',
    explanation: 'The account has not been added to this tenant.',
  },
]);
