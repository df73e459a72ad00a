/** Writes down what the other logs have of one attempt, with the ids, delays and surroundings that nobody chose. */
import type { DemoAccount } from '../accounts.ts';
import { type DemoAttempt, US_PER_MS, US_PER_S } from '../attempt.ts';
import { SeededRandom } from '../random.ts';
import type { DemoAudit, DemoEntry, DemoProvisioning, Surroundings } from './entry.ts';

interface SignInStep {
  readonly account: DemoAccount;
  readonly timeUs: number;
  readonly code: number;
  readonly isInteractive?: boolean;
  /** Part of the sign-up itself: it has the same correlation ID. */
  readonly isOfAttempt?: boolean;
}

interface AuditStep {
  readonly account: DemoAccount | null;
  readonly activity: DemoAudit['activity'];
  readonly timeUs: number;
  readonly changes?: DemoAudit['changes'];
  /** Why it failed; left out when it did not. */
  readonly failure?: string;
  readonly isByAdministrator?: boolean;
}

interface ProvisioningStep {
  readonly account: DemoAccount;
  readonly timeUs: number;
  readonly status: DemoProvisioning['status'];
}

const AFTERMATH_STREAM = 0x51607;
const BLOCKED_BY_POLICY = 53003;
/** Provisioning runs in cycles of this length. */
const CYCLE_US = 40 * 60_000 * US_PER_MS;

export class EntryRecorder {
  readonly random: SeededRandom;
  readonly attempt: DemoAttempt;
  readonly #entries: DemoEntry[] = [];
  readonly #surroundings: Surroundings;

  constructor(attempt: DemoAttempt) {
    this.attempt = attempt;
    this.random = new SeededRandom(attempt.correlationId, AFTERMATH_STREAM);
    this.#surroundings = surroundingsOf(this.random);
  }

  get entries(): readonly DemoEntry[] {
    return this.#entries;
  }

  signIn({ account, timeUs, code, isInteractive = true, isOfAttempt = false }: SignInStep): void {
    const { random, attempt } = this;
    const delayMs = isInteractive ? this.#delayMs() : random.integer(900_000, 1_800_000);
    this.#entries.push({
      log: 'signIns',
      id: random.guid(),
      timeUs: wholeSecond(timeUs),
      visibleAtMs: Math.ceil(timeUs / US_PER_MS) + delayMs,
      application: attempt.application,
      account,
      correlationId: isOfAttempt ? attempt.correlationId : random.guid(),
      isInteractive,
      errorCode: code,
      conditionalAccess: code === BLOCKED_BY_POLICY ? 'failure' : random.chance(0.3) ? 'success' : 'notApplied',
      // People change places now and then, but not in the middle of a sign-up.
      surroundings: isOfAttempt || random.chance(0.8) ? this.#surroundings : surroundingsOf(random),
    });
  }

  audit({ account, activity, timeUs, changes = [], failure, isByAdministrator = false }: AuditStep): void {
    const { random, attempt } = this;
    const category = random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 5);
    this.#entries.push({
      log: 'directoryAudits',
      id: `Directory_${random.guid()}_${category}_${random.integer(1_000_000, 99_999_999)}`,
      timeUs,
      visibleAtMs: Math.ceil(timeUs / US_PER_MS) + this.#delayMs(),
      application: attempt.application,
      account,
      correlationId: isByAdministrator ? random.guid() : attempt.correlationId,
      activity,
      result: failure === undefined ? 'success' : 'failure',
      reason: failure ?? '',
      by: isByAdministrator ? 'administrator' : 'service',
      changes,
    });
  }

  provisioning({ account, timeUs, status }: ProvisioningStep): void {
    const { random, attempt } = this;
    this.#entries.push({
      log: 'provisioning',
      id: random.guid(),
      timeUs: wholeSecond(timeUs),
      visibleAtMs: Math.ceil(timeUs / US_PER_MS) + this.#delayMs(),
      application: attempt.application,
      account,
      // Of the change; the log of provisioning has no correlation ID that leads anywhere.
      correlationId: random.guid(),
      status,
      tookMs: random.integer(180, 4_200),
      cycleId: new SeededRandom('cycle', Math.floor(timeUs / CYCLE_US)).guid(),
    });
  }

  /** Most entries turn up within two to five minutes, some within a quarter of an hour. */
  #delayMs(): number {
    const { random } = this;
    return random.chance(0.95) ? random.integer(60_000, 240_000) : random.integer(300_000, 900_000);
  }
}

/** What these two logs tell times in. */
function wholeSecond(timeUs: number): number {
  return Math.floor(timeUs / US_PER_S) * US_PER_S;
}

type Place = readonly [city: string, state: string, country: string];
type Device = readonly [browser: string, operatingSystem: string];

const places: readonly [Place, ...Place[]] = [
  ['Oslo', 'Oslo', 'NO'],
  ['Lisbon', 'Lisboa', 'PT'],
  ['Kraków', 'Małopolskie', 'PL'],
  ['Nairobi', 'Nairobi', 'KE'],
  ['Osaka', 'Ōsaka', 'JP'],
  ['Austin', 'Texas', 'US'],
  ['São Paulo', 'São Paulo', 'BR'],
];

const devices: readonly [Device, ...Device[]] = [
  ['Mobile Safari', 'Ios 18.3'],
  ['Chrome Mobile 133.0.0', 'Android 15'],
  ['Chrome 133.0.0', 'Windows10'],
  ['Edge 133.0.0', 'Windows10'],
  ['Safari 18.3', 'MacOs'],
  ['Firefox 135.0', 'Linux'],
];

/** Addresses of the ranges that are reserved for documentation (RFC 5737, RFC 3849). */
function surroundingsOf(random: SeededRandom): Surroundings {
  const [city, state, country] = random.pick(places);
  const [browser, operatingSystem] = random.pick(devices);
  const network = random.pick(['192.0.2', '198.51.100', '203.0.113']);
  const ipAddress = random.chance(0.3)
    ? `2001:db8:${random.integer(1, 0xffff).toString(16)}::${random.integer(1, 0xffff).toString(16)}`
    : `${network}.${random.integer(1, 254)}`;
  return { ipAddress, city, state, country, browser, operatingSystem };
}
