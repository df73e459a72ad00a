/** The applications of the demo tenant, the ways to sign up at each and the custom extensions that listen. */
import type { Weighted } from './random.ts';

export interface DemoExtension {
  readonly eventType: string;
  readonly listenerId: string;
  readonly extensionId: string;
}

export interface DemoApplication {
  readonly appId: string;
  readonly displayName: string;
  /** Graph's texts, by how often people choose them. */
  readonly providers: readonly [Weighted<string>, ...Weighted<string>[]];
  /** Sends the e-mail codes with a provider of its own. */
  readonly onOtpSend: DemoExtension | null;
  readonly onAttributeStart: DemoExtension | null;
  readonly onAttributeSubmit: DemoExtension | null;
  readonly onTokenIssuance: DemoExtension | null;
  readonly asksConsent: boolean;
}

export const contosoShop: DemoApplication = {
  appId: '94559aba-b733-468e-aaec-44cc4e7f0b58',
  displayName: 'Contoso Shop',
  providers: [
    [56, 'Email OTP'],
    [21, 'Google'],
    [9, 'Email Password'],
    [8, 'Facebook'],
    [6, 'Apple'],
  ],
  onOtpSend: {
    eventType: 'emailOtpSend',
    listenerId: '6f1c1a0e-54a3-4c7a-9d57-2f0f7a1f6b11',
    extensionId: 'b0c6a1f2-8f0a-4b39-a5c1-93e1d7c54a01',
  },
  onAttributeStart: null,
  onAttributeSubmit: {
    eventType: 'attributeCollectionSubmit',
    listenerId: '2f0d5a44-6b9e-4a1d-8c35-7a9f1c2e3b12',
    extensionId: 'c1d7b2a3-9e1b-4c4a-b6d2-a4f2e8d65b02',
  },
  onTokenIssuance: null,
  asksConsent: false,
};

export const fabrikamLoyalty: DemoApplication = {
  appId: '3b6d0c4e-1f7a-4e0b-9a52-d8c7b6a5f410',
  displayName: 'Fabrikam Loyalty',
  providers: [
    [34, 'Email OTP'],
    [30, 'Google'],
    [20, 'Facebook'],
    [12, 'Apple'],
    [4, 'Email Password'],
  ],
  onOtpSend: null,
  onAttributeStart: null,
  onAttributeSubmit: null,
  onTokenIssuance: {
    eventType: 'tokenIssuanceStart',
    listenerId: '8a4e6c55-7c0f-4b2e-9d46-8b0a2d3f4c13',
    extensionId: 'd2e8c3b4-af2c-4d5b-87e3-b5a3f9e76c03',
  },
  asksConsent: true,
};

export const woodgroveBank: DemoApplication = {
  appId: '7e2f9d18-0c4b-4b6f-8f3d-5a1e0b9c7d21',
  displayName: 'Woodgrove Bank',
  providers: [
    [52, 'Email Password'],
    [34, 'Email OTP'],
    [9, 'Google'],
    [5, 'Apple'],
  ],
  onOtpSend: null,
  onAttributeStart: {
    eventType: 'attributeCollectionStart',
    listenerId: '9b5f7d66-8d10-4c3f-8e57-9c1b3e40d514',
    extensionId: 'e3f9d4c5-b03d-4e6c-98f4-c6b40af87d04',
  },
  onAttributeSubmit: {
    eventType: 'attributeCollectionSubmit',
    listenerId: 'ac608e77-9e21-4d40-9f68-ad2c4f51e615',
    extensionId: 'f40ae5d6-c14e-4f7d-a905-d7c51b098e05',
  },
  onTokenIssuance: null,
  asksConsent: false,
};

export const applications: readonly [Weighted<DemoApplication>, ...Weighted<DemoApplication>[]] = [
  [55, contosoShop],
  [28, fabrikamLoyalty],
  [17, woodgroveBank],
];

/** Local accounts live in the tenant; every other provider is social. */
export function accountTypeOf(provider: string): 'local' | 'social' {
  return provider === 'Email OTP' || provider === 'Email Password' ? 'local' : 'social';
}
