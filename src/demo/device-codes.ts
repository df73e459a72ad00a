/** The device codes that were handed out, and what became of each. */
import type { Clock } from '../clock.ts';
import type { SeededRandom } from './random.ts';

export interface DeviceCode {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export type DeviceCodeState = 'pending' | 'approved' | 'declined' | 'expired' | 'unknown';

interface DeviceCodeSettings {
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly lifetimeMs: number;
  /** The person approves by themselves after this time; null: only when told so. */
  readonly approveAfterMs: number | null;
}

/** Letters and digits that nobody mistakes for one another, as in Microsoft's codes. */
const USER_CODE_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

export class DeviceCodes {
  readonly #settings: DeviceCodeSettings;
  readonly #codes = new Map<string, DeviceCode>();
  readonly #decided = new Map<string, 'approved' | 'declined' | 'expired'>();

  constructor(settings: DeviceCodeSettings) {
    this.#settings = settings;
  }

  create(clientId: string, scopes: readonly string[]): DeviceCode {
    const { clock, random, lifetimeMs } = this.#settings;
    const createdAtMs = clock.now();
    const code: DeviceCode = {
      deviceCode: `${random.text(USER_CODE_ALPHABET, 9)}${random.guid().replaceAll('-', '')}`,
      userCode: random.text(USER_CODE_ALPHABET, 9),
      clientId,
      scopes,
      createdAtMs,
      expiresAtMs: createdAtMs + lifetimeMs,
    };
    this.#codes.set(code.deviceCode, code);
    return code;
  }

  /** Those that still wait for their person. */
  get pending(): readonly DeviceCode[] {
    return [...this.#codes.values()].filter(({ deviceCode }) => this.stateOf(deviceCode) === 'pending');
  }

  get(deviceCode: string): DeviceCode | null {
    return this.#codes.get(deviceCode) ?? null;
  }

  stateOf(deviceCode: string): DeviceCodeState {
    const { clock, approveAfterMs } = this.#settings;
    const code = this.#codes.get(deviceCode);
    if (!code) return 'unknown';
    const decided = this.#decided.get(deviceCode);
    if (decided) return decided;
    if (clock.now() >= code.expiresAtMs) return 'expired';
    return approveAfterMs !== null && clock.now() >= code.createdAtMs + approveAfterMs ? 'approved' : 'pending';
  }

  /** Decides every code that is pending. */
  decide(state: 'approved' | 'declined' | 'expired'): void {
    for (const { deviceCode } of this.pending) this.#decided.set(deviceCode, state);
  }

  /** A code gives tokens once. */
  redeem(deviceCode: string): void {
    this.#codes.delete(deviceCode);
    this.#decided.delete(deviceCode);
  }
}
