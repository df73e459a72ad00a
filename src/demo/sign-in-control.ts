/** What the person in the browser, the administrator and time do to a sign-in: for tests and demonstrations. */
import type { DeviceCode, DeviceCodes } from './device-codes.ts';
import type { SignInError } from './sign-in-errors.ts';
import type { TokenMint } from './tokens.ts';

/** Where the sign-in service refuses: asking for a code, waiting for it, the browser's page, a code, or a renewal. */
export type SignInStep = 'deviceCode' | 'devicePolling' | 'authorize' | 'authorizationCode' | 'refresh';

export class SignInControl {
  readonly #codes: DeviceCodes;
  readonly #mint: TokenMint;
  readonly #blocks = new Map<SignInStep, SignInError>();
  #slowDowns = 0;

  constructor(codes: DeviceCodes, mint: TokenMint) {
    this.#codes = codes;
    this.#mint = mint;
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

  /** From now on this step is refused with an AADSTS code, until `unblock`. */
  block(step: SignInStep, error: SignInError | number): void {
    this.#blocks.set(step, typeof error === 'number' ? { code: error } : error);
  }

  unblock(): void {
    this.#blocks.clear();
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
