/**
 * The small incidents of the demo tenant: one begins in every slot of 20 minutes, counted from the epoch, at a minute
 * and of a kind that follow from seed and slot alone. It begins early in the slot, so that whoever starts the demo sees
 * one begin within 25 minutes. Pure.
 */
import { contosoShop, type DemoApplication, fabrikamLoyalty, woodgroveBank } from './applications.ts';
import { type Incident, type IncidentWindow, US_PER_MINUTE } from './incidents.ts';
import { SeededRandom } from './random.ts';

interface BlipBase extends IncidentWindow {
  readonly application: DemoApplication;
  /** How many people are at the application just then, whatever the hour. */
  readonly people: number;
}

/** An identity provider fails at one application. */
interface ProviderErrors extends BlipBase {
  readonly kind: 'providerErrors';
  readonly provider: string;
}

/** The attribute extension of one application answers 500. */
interface ExtensionErrors extends BlipBase {
  readonly kind: 'extensionErrors';
}

/** People at one application type wrong codes; nothing is broken. */
interface WrongCodes extends BlipBase {
  readonly kind: 'wrongCodes';
}

export type Blip = ProviderErrors | ExtensionErrors | WrongCodes;

export const BLIP_SLOT_US = 20 * US_PER_MINUTE;
const LATEST_START_MINUTE = 4;
const MINUTES = 4;
/** Who was caught in it is through by then. */
const AFTERMATH_US = 5 * US_PER_MINUTE;

/** The number of the slot that holds `timeUs`. */
export function blipSlotOf(timeUs: number): number {
  return Math.floor(timeUs / BLIP_SLOT_US);
}

/**
 * The one that begins in the slot; it is over long before the next slot. `incidentsOf`: the large incidents of a span of
 * time. Where one of them is going on, nothing smaller of the same sort happens, and it happens elsewhere.
 */
export function blipOfSlot(
  seed: string,
  slot: number,
  incidentsOf: (fromUs: number, toUs: number) => readonly Incident[],
): Blip {
  const random = new SeededRandom(seed, slot, 'blips');
  const fromUs = slot * BLIP_SLOT_US + random.integer(0, LATEST_START_MINUTE) * US_PER_MINUTE;
  const common = { fromUs, toUs: fromUs + MINUTES * US_PER_MINUTE, people: random.chance(0.25) ? 4 : 3 };
  const kind = random.pick<Blip['kind']>(['providerErrors', 'extensionErrors', 'wrongCodes']);
  const large = incidentsOf(fromUs, common.toUs + AFTERMATH_US);
  const mailArrives = large.every((incident) => incident.kind !== 'otpOutage');
  const [first, ...others] = [contosoShop, woodgroveBank].filter((application) =>
    large.every((incident) => incident.kind === 'otpOutage' || incident.application !== application),
  );
  if (kind === 'providerErrors' || !mailArrives || first === undefined) {
    const provider = random.pick(['Google', 'Facebook', 'Apple']);
    return { kind: 'providerErrors', ...common, provider, application: random.pick([contosoShop, fabrikamLoyalty]) };
  }
  return { kind, ...common, application: random.pick([first, ...others]) };
}
