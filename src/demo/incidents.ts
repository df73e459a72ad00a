/**
 * The large incidents of the demo tenant and when they happen. Time is cut into cycles of twelve hours, counted from the
 * epoch and shifted by the seed; each cycle has each incident once, in an order and at minutes that follow from seed and cycle alone, and never
 * two at once. So the last 24 hours always hold at least one whole cycle. Pure.
 */
import {
  contosoShop,
  type DemoApplication,
  type DemoExtension,
  fabrikamLoyalty,
  woodgroveBank,
} from './applications.ts';
import { US_PER_S } from './attempt.ts';
import { SeededRandom } from './random.ts';

export const US_PER_MINUTE = 60 * US_PER_S;
export const CYCLE_MINUTES = 12 * 60;
const CYCLE_US = CYCLE_MINUTES * US_PER_MINUTE;

/** From `fromUs` on, until just before `toUs`. */
export interface IncidentWindow {
  readonly fromUs: number;
  readonly toUs: number;
}

/** No mail with a code arrives before the end of this window. */
interface OtpOutage extends IncidentWindow {
  readonly kind: 'otpOutage';
}

/** The attribute extension of one application answers with errors at first, then not at all. */
interface ExtensionFailure extends IncidentWindow {
  readonly kind: 'extensionFailure';
  readonly application: DemoApplication;
}

/** Somebody deleted an extension that was still linked; Entra reports no more than that an extension failed. */
interface ExtensionDeleted extends IncidentWindow {
  readonly kind: 'extensionDeleted';
  readonly application: DemoApplication;
  readonly extension: DemoExtension;
}

/** Somebody lets a script sign up with addresses of one domain. */
interface DomainBurst extends IncidentWindow {
  readonly kind: 'domainBurst';
  readonly application: DemoApplication;
  readonly domain: string;
}

export type Incident = OtpOutage | ExtensionFailure | ExtensionDeleted | DomainBurst;

const lengthsInMinutes: Readonly<Record<Incident['kind'], number>> = {
  otpOutage: 45,
  extensionFailure: 130,
  extensionDeleted: 35,
  domainBurst: 8,
};

/** Linked to an application for as long as the incident lasts. */
const deletedExtension: DemoExtension = {
  eventType: 'attributeCollectionSubmit',
  listenerId: 'bd719f88-af32-4e51-a079-be3d5062f716',
  extensionId: '051bf6e7-d25f-4a8e-ba16-e8d62c19af06',
};

/** The number of the cycle of this seed that holds `timeUs`. */
export function cycleOf(seed: string, timeUs: number): number {
  return Math.floor((timeUs - phaseOf(seed)) / CYCLE_US);
}

/** When the cycle begins, in microseconds since the epoch. */
export function startOfCycle(seed: string, cycle: number): number {
  return cycle * CYCLE_US + phaseOf(seed);
}

/** Each seed has cycles of its own, which begin at a multiple of ten minutes. */
function phaseOf(seed: string): number {
  return new SeededRandom(seed, 0, 'cycle').integer(0, CYCLE_MINUTES / 10 - 1) * 10 * US_PER_MINUTE;
}

/** The incidents of one cycle, in order of time. */
export function incidentsOfCycle(seed: string, cycle: number): readonly Incident[] {
  const random = new SeededRandom(seed, cycle, 'incidents');
  const kinds = shuffled(random, ['otpOutage', 'extensionFailure', 'extensionDeleted', 'domainBurst'] as const);
  const quietMinutes = CYCLE_MINUTES - kinds.reduce((sum, kind) => sum + lengthsInMinutes[kind], 0);
  // How many quiet minutes of the cycle lie before each of them.
  const quietBefore = kinds.map(() => random.integer(0, quietMinutes)).sort((a, b) => a - b);
  let busyMinutes = 0;
  return kinds.map((kind, i) => {
    const fromUs = startOfCycle(seed, cycle) + ((quietBefore[i] ?? 0) + busyMinutes) * US_PER_MINUTE;
    busyMinutes += lengthsInMinutes[kind];
    return incident(kind, { fromUs, toUs: fromUs + lengthsInMinutes[kind] * US_PER_MINUTE });
  });
}

function incident(kind: Incident['kind'], window: IncidentWindow): Incident {
  switch (kind) {
    case 'otpOutage':
      return { kind, ...window };
    case 'extensionFailure':
      return { kind, ...window, application: woodgroveBank };
    case 'extensionDeleted':
      return { kind, ...window, application: fabrikamLoyalty, extension: deletedExtension };
    case 'domainBurst':
      return { kind, ...window, application: contosoShop, domain: 'mail.example.net' };
  }
}

export function isWithin(window: IncidentWindow, timeUs: number): boolean {
  return timeUs >= window.fromUs && timeUs < window.toUs;
}

function shuffled<T>(random: SeededRandom, list: readonly T[]): readonly T[] {
  return list
    .map((item) => ({ item, rank: random.unit() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
