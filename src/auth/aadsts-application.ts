/**
 * Refusals that lie with the application or the tenant: consent, registration, wrong tenant, wrong cloud. Data only.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
import type { CodeRow } from './aadsts-row.ts';

export const applicationCodes: readonly CodeRow[] = [
  {
    codes: [65001],
    title: 'Nobody has consented to this application reading the logs of the tenant.',
    meaning: 'It asks for {permissions}, which an administrator has to grant once.',
    todo: 'Ask a Privileged Role Administrator to open {consentUrl} and accept, then sign in again.',
  },
  {
    codes: [90094],
    title: 'An administrator has to grant this permission.',
    meaning: '{permissions} cannot be granted by the person who signs in.',
    todo: 'Ask a Privileged Role Administrator to open {consentUrl} and accept, then sign in again.',
  },
  {
    codes: [90095],
    title: 'An administrator has to grant this permission, and a request to them was offered.',
    meaning: 'The tenant lets people ask for consent; until somebody approves, signing in fails.',
    todo: 'Send the request in the browser, or ask a Privileged Role Administrator to open {consentUrl}; then sign in again.',
  },
  {
    codes: [65004],
    title: 'The permissions were not accepted.',
    meaning: 'Somebody chose Cancel where consent was asked for.',
    todo: 'Sign in again and accept the permissions.',
  },
  {
    codes: [65002],
    title: 'This application of Microsoft may not ask for the sign-up log.',
    meaning: 'Permissions between applications of Microsoft are set by Microsoft, and this one is not.',
    todo: 'Register an application of your own in {tenant} and pass its ID with --client-id.',
  },
  {
    codes: [650056],
    title: 'The registration of the application is incomplete.',
    meaning: 'It lists no permission for Microsoft Graph, or no administrator has consented.',
    todo: 'Add the delegated permission {permissions} to application {clientId}, then open {consentUrl} and accept.',
  },
  {
    codes: [650057],
    title: 'The application asks for a permission that its registration does not list.',
    meaning: '',
    todo: 'Add the delegated permission {permissions} to application {clientId}, then open {consentUrl} and accept.',
  },
  {
    codes: [700016],
    title: 'The application is not known in this tenant.',
    meaning: 'Either the tenant ({tenant}) or the client ID ({clientId}) is wrong, or nobody there has consented yet.',
    todo: 'Check --tenant and --client-id; if both are right, an administrator opens {consentUrl} once.',
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
    meaning: 'This program is a public client: it has no secret that it could keep.',
    todo: 'In the registration of {clientId}, Authentication, set "Allow public client flows" to Yes.',
  },
  {
    codes: [90002],
    title: 'There is no tenant {tenant} in this cloud.',
    meaning: 'The ID or domain is mistyped, or the tenant lives in another cloud.',
    todo: 'Check --tenant (ID or domain, as shown in the Entra admin center, Overview) and --cloud.',
  },
  {
    codes: [90038],
    title: 'The tenant {tenant} lives in another cloud.',
    meaning: 'Each national cloud has a sign-in service of its own.',
    todo: 'Choose the cloud of the tenant with --cloud.',
  },
  {
    codes: [900432],
    title: 'Signing in across clouds is not allowed here.',
    meaning: 'The account or the tenant belongs to another national cloud than the sign-in service that was asked.',
    todo: 'Choose the cloud of the tenant with --cloud.',
  },
  {
    codes: [50059, 50128, 90019],
    title: 'The sign-in service could not tell which tenant is meant.',
    meaning: '',
    todo: 'Name the tenant with --tenant, by its ID or as <name>.onmicrosoft.com.',
  },
  {
    codes: [50194],
    title: 'The application belongs to a single tenant and was asked for at an address for all of them.',
    meaning: '',
    todo: 'Name the tenant of the application with --tenant.',
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
