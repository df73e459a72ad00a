/** Local and social accounts. Graph's provider texts are an open set: what is not known to be local is social. */

export type AccountType = 'local' | 'social';

export const accountTypes: readonly AccountType[] = ['local', 'social'];

/**
 * The providers by which a person signs up with an e-mail address of their own, in Graph's spelling.
 * Source: https://learn.microsoft.com/graph/api/resources/selfservicesignup?view=graph-rest-beta
 */
export const localProviders: readonly string[] = ['Email OTP', 'Email Password'];

/** The provider texts that Microsoft's pages show. Others exist; Graph's spelling of them is not published. */
export const documentedProviders: readonly string[] = [...localProviders, 'Google'];

/** Takes Graph's provider text. */
export function accountTypeOf(provider: string): AccountType {
  return localProviders.includes(provider) ? 'local' : 'social';
}
