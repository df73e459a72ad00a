/** What is wrong in the demo tenant at a moment: looks up incidents and blips, and keeps what it has worked out. */
import type { DemoApplication } from './applications.ts';
import { BLIP_SLOT_US, type Blip, blipOfSlot, blipSlotOf } from './blips.ts';
import { cycleOf, type Incident, incidentsOfCycle, isWithin, US_PER_MINUTE } from './incidents.ts';
import type { SeededRandom } from './random.ts';

type IncidentOf<K extends Incident['kind']> = Extract<Incident, { readonly kind: K }>;

export interface ExtensionAnswer {
  readonly attempts: number;
  /** Null when no answer came. */
  readonly httpStatus: number | null;
  readonly errorCode: number;
}

const EXTENSION_BAD_STATUS_US = 14 * US_PER_MINUTE;
const MOST_KEPT = 4_000;

export class Calendar {
  readonly seed: string;
  readonly #cycles = new Map<number, readonly Incident[]>();
  readonly #blips = new Map<number, Blip>();

  constructor(seed: string) {
    this.seed = seed;
  }

  /** The large incidents that have a part in [fromUs, toUs), in order of time. */
  incidentsBetween(fromUs: number, toUs: number): readonly Incident[] {
    const found: Incident[] = [];
    for (let cycle = cycleOf(this.seed, fromUs); cycle <= cycleOf(this.seed, toUs - 1); cycle++) {
      found.push(...this.#incidentsOf(cycle).filter((incident) => overlaps(incident, fromUs, toUs)));
    }
    return found;
  }

  /** The small incidents that have a part in [fromUs, toUs), in order of time. */
  blipsBetween(fromUs: number, toUs: number): readonly Blip[] {
    const found: Blip[] = [];
    for (let slot = blipSlotOf(fromUs); slot * BLIP_SLOT_US < toUs; slot++) {
      const blip = this.blipOf(slot);
      if (overlaps(blip, fromUs, toUs)) found.push(blip);
    }
    return found;
  }

  /** The large incident of this kind that is going on at `timeUs`; null when there is none. */
  at<K extends Incident['kind']>(kind: K, timeUs: number): IncidentOf<K> | null {
    const isOf = (incident: Incident): incident is IncidentOf<K> => incident.kind === kind;
    const found = this.#incidentsOf(cycleOf(this.seed, timeUs)).filter(isOf);
    return found.find((incident) => isWithin(incident, timeUs)) ?? null;
  }

  /** Whether the provider fails at the application at `timeUs`. */
  providerFails(provider: string, application: DemoApplication, timeUs: number): boolean {
    const blip = this.#blipAt(timeUs);
    return blip?.kind === 'providerErrors' && blip.provider === provider && blip.application === application;
  }

  /** What the attribute extension of `application` answers at `timeUs`; codes as in custom-extension-troubleshoot. */
  extensionAnswer(application: DemoApplication, timeUs: number, random: SeededRandom): ExtensionAnswer {
    const failure = this.at('extensionFailure', timeUs);
    if (failure?.application === application && !random.chance(0.1)) {
      return timeUs < failure.fromUs + EXTENSION_BAD_STATUS_US
        ? { attempts: 2, httpStatus: random.pick([500, 503]), errorCode: 1003002 }
        : { attempts: 2, httpStatus: null, errorCode: 1003005 };
    }
    const blip = this.#blipAt(timeUs);
    if (blip?.kind === 'extensionErrors' && blip.application === application) return ANSWERED_500;
    return { attempts: random.chance(0.03) ? 2 : 1, httpStatus: 200, errorCode: 0 };
  }

  /** The small incident that begins in the slot. */
  blipOf(slot: number): Blip {
    return kept(this.#blips, slot, () =>
      blipOfSlot(this.seed, slot, (fromUs, toUs) => this.incidentsBetween(fromUs, toUs)),
    );
  }

  #blipAt(timeUs: number): Blip | null {
    const blip = this.blipOf(blipSlotOf(timeUs));
    return isWithin(blip, timeUs) ? blip : null;
  }

  #incidentsOf(cycle: number): readonly Incident[] {
    return kept(this.#cycles, cycle, () => incidentsOfCycle(this.seed, cycle));
  }
}

export const ANSWERED_500: ExtensionAnswer = { attempts: 2, httpStatus: 500, errorCode: 1003002 };

function overlaps({ fromUs, toUs }: Incident | Blip, otherFromUs: number, otherToUs: number): boolean {
  return fromUs < otherToUs && toUs > otherFromUs;
}

function kept<T>(store: Map<number, T>, key: number, make: () => T): T {
  const found = store.get(key);
  if (found !== undefined) return found;
  if (store.size >= MOST_KEPT) store.clear();
  const made = make();
  store.set(key, made);
  return made;
}
