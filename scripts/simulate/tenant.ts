/**
 * A made-up tenant: people sign up, wait, mistype, give up and come back, and the log shows their rows minutes late. It is apart from
 * the demo tenant on purpose: what the figures say must not depend on how one tenant behaves.
 */
import type { SeededRandom } from '../../src/demo/random.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface Row {
  readonly stage: string;
  readonly code: number;
  readonly timeMs: number;
  readonly shownMs: number;
}

export interface MadeAttempt {
  readonly identifier: string | null;
  readonly app: string;
  readonly provider: string;
  readonly rows: readonly Row[];
}

export type Trouble = 'mail' | 'extension' | 'provider';

export interface TenantSettings {
  readonly attemptsPerHour: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Mean number of attempts of one person; they tend to end alike. */
  readonly triesPerPerson: number;
  /** Twice as many by day as by night. */
  readonly hasRhythm?: boolean;
  /** From this moment on the second application has half of all attempts in place of a fifth. */
  readonly mixChangesMs?: number;
  readonly trouble?: { readonly kind: Trouble; readonly fromMs: number };
  /** From this moment on fewer and fewer people get past the mail, down to half of them at the end. */
  readonly declinesFromMs?: number;
}

interface Person {
  readonly identifier: string | null;
  readonly app: string;
  readonly provider: string;
  /** The chance that an attempt of this person gets past the first hurdle. */
  readonly luck: number;
}

const firstHurdle = 0.84;
/** Applications differ in how many get through, so that another mix is another conversion without anything having changed. */
const pastAttributes: ReadonlyMap<string, number> = new Map([
  ['shop', 0.92],
  ['bank', 0.8],
  ['club', 0.92],
]);

/** All attempts of people whose first one began in the stretch. */
export function* attemptsOf(settings: TenantSettings, random: SeededRandom): Generator<MadeAttempt> {
  const { attemptsPerHour, triesPerPerson, fromMs, toMs } = settings;
  const perMs = attemptsPerHour / HOUR_MS / triesPerPerson;
  let number = 0;
  for (let atMs = fromMs; ; ) {
    atMs += -Math.log(1 - random.unit()) / (perMs * 1.5);
    if (atMs >= toMs) return;
    if (random.unit() * 1.5 > busyness(settings, atMs)) continue;
    const person = personAt(settings, atMs, random, number++);
    // Geometric, so that few people try often.
    let startMs = atMs;
    do {
      const attempt = attemptOf(settings, person, startMs, random);
      yield attempt;
      startMs = (attempt.rows.at(-1)?.timeMs ?? startMs) + (20 + 200 * random.unit()) * 1000;
    } while (random.unit() > 1 / triesPerPerson);
  }
}

function busyness({ hasRhythm = false }: TenantSettings, atMs: number): number {
  return hasRhythm ? 1 + 0.5 * Math.sin((2 * Math.PI * atMs) / DAY_MS) : 1;
}

function personAt(
  { mixChangesMs, triesPerPerson }: TenantSettings,
  atMs: number,
  random: SeededRandom,
  n: number,
): Person {
  const bank = mixChangesMs !== undefined && atMs >= mixChangesMs ? 0.5 : 0.2;
  const app = random.chance(bank) ? 'bank' : random.chance(0.6) ? 'shop' : 'club';
  const provider = random.chance(0.65) ? 'Email OTP' : random.chance(0.7) ? 'Google' : 'Facebook';
  // Who tries more than once mostly ends the same way each time.
  const isSettled = triesPerPerson > 1 && random.chance(0.8);
  const luck = isSettled ? (random.chance(firstHurdle) ? 1 : 0) : firstHurdle;
  return { identifier: random.chance(0.95) ? `person-${n}` : null, app, provider, luck };
}

function attemptOf(settings: TenantSettings, person: Person, startMs: number, random: SeededRandom): MadeAttempt {
  const { app, provider, identifier } = person;
  const rows: Row[] = [];
  let timeMs = startMs;
  const step = (stage: string, code: number, pauseS = 0): void => {
    timeMs += pauseS * 1000;
    rows.push({ stage, code, timeMs, shownMs: timeMs + delayMs(random) });
  };
  const thinking = (medianS: number) => medianS * Math.exp(0.6 * normal(random));
  const isPast = provider === 'Email OTP' ? proveAddress() : returnFromProvider();
  if (isPast) giveAttributes();
  return { app, provider, identifier, rows };

  function isOut(kind: Trouble): boolean {
    const { trouble } = settings;
    return trouble?.kind === kind && timeMs >= trouble.fromMs;
  }

  function proveAddress(): boolean {
    step('credentialCollection', 0);
    step('credentialValidation', 1002013, 2);
    if (isOut('mail')) return false;
    const chance = person.luck * declined(settings, timeMs);
    if (random.chance(0.1)) step('credentialValidation', 50181, thinking(20));
    return random.chance(chance);
  }

  function returnFromProvider(): boolean {
    step('credentialFederation', 0);
    if (isOut('provider') && provider === 'Google') {
      if (random.chance(0.5)) step('credentialFederation', 40008, 2);
      return false;
    }
    if (random.chance(person.luck)) return true;
    if (random.chance(0.1)) step('credentialFederation', 40008, 5);
    return false;
  }

  function giveAttributes(): void {
    const failing = isOut('extension') && app === 'bank';
    step('attributeCollectionAndValidation', failing ? 1003005 : 0, thinking(45));
    if (failing) return;
    if (!random.chance(pastAttributes.get(app) ?? 0.9)) {
      if (random.chance(0.5)) step('attributeCollectionAndValidation', 1002027, 3);
      return;
    }
    const refused = random.chance(0.012);
    step('userCreation', refused ? 399279 : 0, 2);
  }
}

function declined({ declinesFromMs, toMs }: TenantSettings, atMs: number): number {
  return declinesFromMs === undefined || atMs < declinesFromMs
    ? 1
    : 1 - (0.5 * (atMs - declinesFromMs)) / (toMs - declinesFromMs);
}

/** Most rows within two minutes, some after up to a quarter of an hour, few later. Microsoft publishes no figures. */
function delayMs(random: SeededRandom): number {
  const luck = random.unit();
  if (luck < 0.93) return (20 + 100 * random.unit()) * 1000;
  return luck < 0.99 ? (2 + 13 * random.unit()) * MINUTE_MS : (15 + 40 * random.unit()) * MINUTE_MS;
}

function normal(random: SeededRandom): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());
}
