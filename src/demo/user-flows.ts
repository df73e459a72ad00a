/** The user flows of the demo tenant: which applications people sign up at through them, and with what. */
import { contosoShop, fabrikamLoyalty, woodgroveBank } from './applications.ts';

export interface DemoUserFlow {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly appIds: readonly string[];
  /** Whether the list of flows names the applications; else it has an empty list there, as Graph's often does. */
  readonly listsApps: boolean;
  readonly identityProviders: readonly DemoIdentityProvider[];
}

interface DemoIdentityProvider {
  readonly id: string;
  readonly displayName: string;
  readonly identityProviderType: string;
}

const emailCode = {
  id: 'EmailOtpSignup-OAUTH',
  displayName: 'Email One Time Passcode',
  identityProviderType: 'EmailOTP',
};
const password = {
  id: 'EmailPassword-OAUTH',
  displayName: 'Email with password',
  identityProviderType: 'EmailPassword',
};
const google = { id: 'Google-OAUTH', displayName: 'Google', identityProviderType: 'Google' };
const facebook = { id: 'Facebook-OAUTH', displayName: 'Facebook', identityProviderType: 'Facebook' };

/** An application that is ready for its first customers. */
const partnerPortalId = 'c5a1e7d2-3b84-4f06-9c1d-2e7f8a9b0c34';

export const userFlows: readonly DemoUserFlow[] = [
  {
    id: '1f0c8d52-7a36-4b1e-8e90-5d4c3b2a1f01',
    displayName: 'Shop sign-up',
    description: 'Customers of the shop',
    appIds: [contosoShop.appId],
    listsApps: true,
    identityProviders: [emailCode, password, google, facebook],
  },
  {
    id: '2e1d9c63-8b47-4c2f-9fa1-6e5d4c3b2a02',
    displayName: 'Loyalty sign-up',
    description: null,
    appIds: [fabrikamLoyalty.appId, woodgroveBank.appId],
    listsApps: false,
    identityProviders: [emailCode, password, google, facebook],
  },
  {
    id: '3d2eab74-9c58-4d30-a0b2-7f6e5d4c3b03',
    displayName: 'Partner sign-up',
    description: 'Nobody has signed up yet',
    appIds: [partnerPortalId],
    listsApps: true,
    identityProviders: [password],
  },
];
