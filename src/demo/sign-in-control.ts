/** What the person in the browser, the administrator and time do to a sign-in: for tests and demonstrations. */
import type { Consents } from './consents.ts';
import type { DeviceCode, DeviceCodes } from './device-codes.ts';
import type { SignInError } from './sign-in-errors.ts';
import type { TokenMint } from './tokens.ts';

/** Where the sign-in service refuses: asking for a code, waiting for it, the browser's page, a code, or a renewal. */
export type SignInStep = 'deviceCode' | 'devicePolling' | 'authorize' | 'authorizationCode' | 'refresh';

export class SignInControl {
  readonly #codes: DeviceCodes;
  readonly #mint: TokenMint;
  readonly #consents: Consents;
  readonly #blocks = new Map<SignInStep, SignInError>();
  #slowDowns = 0;

  constructor(codes: DeviceCodes, mint: TokenMint, consents: Consents) {
    this.#codes = codes;
    this.#mint = mint;
    this.#consents = consents;
  }

  /** The device codes that wait for their person. */
  get pending(): readonly DeviceCode[] {
    return this.#codes.pending;
  }

  /** The person types in the code and accepts. */
  approve(): void {
    this.#codes.decide('approved');
  }

  decline(): void {
    this.#codes.decide('declined');
  }

  expireCodes(): void {
    this.#codes.decide('expired');
  }

  /** An administrator grants permissions (`EventListener.Read.All`) to the client, for everybody. */
  grantConsent(...permissions: readonly string[]): void {
    this.#consents.grant(permissions);
  }

  revokeConsent(...permissions: readonly string[]): void {
    this.#consents.revoke(permissions);
  }

  /** From now on, until `unblock`, whoever is asked for a permission that was not granted before does not accept it. */
  refuseConsent(error: SignInError | number = 65004): void {
    this.#consents.refuse(typeof error === 'number' ? { code: error } : error);
  }

  /** From now on this step is refused with an AADSTS code, until `unblock`. */
  block(step: SignInStep, error: SignInError | number): void {
    this.#blocks.set(step, typeof error === 'number' ? { code: error } : error);
  }

  unblock(): void {
    this.#blocks.clear();
    this.#consents.refuse(null);
  }

  /** The next `times` polls are answered with `slow_down`. */
  slowDown(times: number): void {
    this.#slowDowns = times;
  }

  /** Every access token that was handed out is refused from now on; a renewal gives a good one. */
  expireTokens(): void {
    this.#mint.expireAccessTokens();
  }

  /** Every refresh token that was handed out is refused from now on (AADSTS50173). */
  revokeRefreshTokens(): void {
    this.#mint.revokeRefreshTokens();
  }

  /** The error that a step is to answer with, if any. Asked by the endpoints. */
  refusalOf(step: SignInStep): SignInError | null {
    if (step === 'devicePolling' && this.#slowDowns > 0) {
      this.#slowDowns--;
      return { code: 70016, error: 'slow_down', text: 'The client polls too often.' };
    }
    return this.#blocks.get(step) ?? null;
  }
}
