/**
 * Refusals that lie with the application or the tenant: consent, registration, wrong tenant, wrong cloud. Data only.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
import { whoConsents } from '../facts/consent.ts';
import { afterConsent, askForConsent, type CodeRow } from './aadsts-row.ts';

export const applicationCodes: readonly CodeRow[] = [
  {
    codes: [65001],
    title: 'Nobody has consented to this application reading the logs of the tenant.',
    meaning: 'It asks for {permissions}, which an administrator has to grant once.',
    todo: askForConsent,
  },
  {
    codes: [90094],
    title: 'An administrator has to grant this permission.',
    meaning: 'You cannot grant {permissions} yourself.',
    todo: askForConsent,
  },
  {
    codes: [90095],
    title: 'An administrator has to grant this permission, and you can ask for it.',
    meaning: 'The tenant lets people request consent. Signing in fails until somebody approves the request.',
    todo: `Send the request in the browser. Or ask ${whoConsents} to open {consentUrl} and accept. ${afterConsent} Then sign in again.`,
  },
  {
    codes: [65004],
    title: 'The permissions were not accepted.',
    meaning: 'Somebody chose Cancel on the consent page.',
    todo: 'Sign in again and accept the permissions.',
  },
  {
    codes: [65002],
    title: 'This Microsoft application may not ask for the sign-up log.',
    meaning: 'Microsoft decides what its own applications may ask of each other, and it has not allowed this.',
    todo: 'Register your own application in {tenant} and pass its ID with --client-id.',
  },
  {
    codes: [650056],
    title: "The application's registration is incomplete.",
    meaning: 'It lists no permission for Microsoft Graph, or no administrator has consented.',
    todo: `Add the delegated permission {permissions} to application {clientId}. ${askForConsent}`,
  },
  {
    codes: [650057],
    title: 'The application asks for a permission that its registration does not list.',
    meaning: '',
    todo: `Add the delegated permission {permissions} to application {clientId}. ${askForConsent}`,
  },
  {
    codes: [700016],
    title: 'The application is not known in this tenant.',
    meaning: 'Either the tenant ({tenant}) or the client ID ({clientId}) is wrong, or nobody there has consented yet.',
    todo: `Check --tenant and --client-id. If both are right: ${askForConsent}`,
  },
  {
    codes: [7000112],
    title: 'The application is disabled in this tenant.',
    meaning: '',
    todo: 'In the Entra admin center, Enterprise applications, set "Enabled for users to sign-in" to Yes for {clientId}.',
  },
  {
    codes: [70001],
    title: 'The application is disabled or not installed in this tenant.',
    meaning: '',
    todo: 'Check --client-id; in the Entra admin center, Enterprise applications, enable {clientId} for sign-in.',
  },
  {
    codes: [7000218],
    title: 'The application is registered as one that must have a secret.',
    meaning: 'This program is a public client, which cannot keep a secret.',
    todo: 'In the registration of {clientId}, under Authentication, set "Allow public client flows" to Yes.',
  },
  {
    codes: [90002],
    title: 'There is no tenant {tenant} in this cloud.',
    meaning: 'The ID or domain is mistyped, or the tenant is in another cloud.',
    todo: 'Check --tenant (ID or domain, as shown in the Entra admin center, Overview) and --cloud.',
  },
  {
    codes: [90038],
    title: 'The tenant {tenant} is in another cloud.',
    meaning: 'Each national cloud has its own sign-in service.',
    todo: "Choose the tenant's cloud with --cloud.",
  },
  {
    codes: [900439, 900440],
    title: 'The account or the application belongs to another cloud.',
    meaning: 'For example, a US government account was used at the global sign-in service, or the reverse.',
    todo: "Choose the tenant's cloud with --cloud.",
  },
  {
    codes: [1003031],
    title: "The application's registration lists its permissions incorrectly.",
    meaning: 'It lists no permission for Microsoft Graph, or one that does not exist.',
    todo: `Under API permissions of application {clientId}, add the delegated permission {permissions} of Microsoft Graph. ${askForConsent}`,
  },
  {
    codes: [650052],
    title: 'The tenant does not have the service that the application asks for.',
    meaning:
      'The service principal of Microsoft Graph, or of another API in the registration, is missing from {tenant}.',
    todo: 'Check --tenant and --cloud, and remove APIs that the tenant does not have from the registration of {clientId}.',
  },
  {
    codes: [90099],
    title: 'The application is not authorized in {tenant}.',
    meaning: 'Partner administrators can use an application in a customer tenant only once it is authorized there.',
    todo: askForConsent,
  },
  {
    codes: [90136],
    title: 'The application may not sign in by device code.',
    meaning: 'It is registered as a confidential client, which must have a secret.',
    todo: 'In the registration of {clientId}, under Authentication, set "Allow public client flows" to Yes.',
  },
  {
    codes: [50059, 50128, 90019],
    title: 'The sign-in service could not tell which tenant you mean.',
    meaning: '',
    todo: 'Name the tenant with --tenant, by its ID or as <name>.onmicrosoft.com.',
  },
  {
    codes: [50194],
    title: 'The application belongs to a single tenant and cannot be used without naming it.',
    meaning: '',
    todo: "Name the application's tenant with --tenant.",
  },
  {
    codes: [9001023, 90124],
    title: 'This way of signing in is not possible without a tenant.',
    meaning: '"common" and "consumers" are not tenants.',
    todo: 'Name the tenant with --tenant, by its ID or as <name>.onmicrosoft.com.',
  },
  {
    codes: [500011],
    title: 'Microsoft Graph was not found in this tenant under the address that was used.',
    meaning: 'Usually the Graph host belongs to another cloud than the tenant.',
    todo: 'Check --cloud and --graph-url.',
  },
  {
    codes: [50001],
    title: 'The resource that was asked for does not exist in this tenant.',
    meaning: 'Usually the Graph host belongs to another cloud than the tenant.',
    todo: 'Check --cloud and --graph-url.',
  },
  {
    codes: [500212],
    title: 'Your home tenant does not let you into {tenant}.',
    meaning: 'Its outbound cross-tenant access settings forbid it.',
    todo: 'Ask an administrator of your home tenant, or use an account of {tenant}.',
  },
  {
    codes: [500213],
    title: 'The tenant {tenant} does not let guests of your home tenant in.',
    meaning: 'Its inbound cross-tenant access settings forbid it.',
    todo: 'Ask an administrator of {tenant}, or use an account of that tenant.',
  },
];
