/**
 * What goes wrong in the demo tenant, and when: windows of time counted from the moment of its creation, so that the
 * last hours always hold something to find.
 */
import {
  contosoShop,
  type DemoApplication,
  type DemoExtension,
  fabrikamLoyalty,
  woodgroveBank,
} from './applications.ts';
import { US_PER_MS } from './attempt.ts';
import type { SeededRandom } from './random.ts';

const US_PER_MINUTE = 60_000 * US_PER_MS;

export interface IncidentWindow {
  readonly fromUs: number;
  readonly toUs: number;
}

export interface ExtensionAnswer {
  readonly attempts: number;
  readonly httpStatus: number | null;
  readonly errorCode: number;
}

export interface Incidents {
  /** No mail with a code arrives before the end of this window. */
  readonly otpOutage: IncidentWindow;
  /** The attribute extension of one application answers with errors at first, then not at all. */
  readonly extensionFailure: IncidentWindow & { readonly application: DemoApplication };
  /** Somebody deleted an extension that was still linked; Entra reports no more than that an extension failed. */
  readonly extensionDeleted: IncidentWindow & {
    readonly application: DemoApplication;
    readonly extension: DemoExtension;
  };
  /** Somebody lets a script sign up with addresses of one domain. */
  readonly domainBurst: IncidentWindow & { readonly application: DemoApplication; readonly domain: string };
}

const OTP_OUTAGE_MINUTES = [-340, -295] as const;
const EXTENSION_FAILURE_MINUTES = [-100, 30] as const;
const EXTENSION_BAD_STATUS_MINUTES = 14;
const EXTENSION_DELETED_MINUTES = [-270, -235] as const;
const DOMAIN_BURST_MINUTES = [-190, -182] as const;

/** Linked to an application for as long as the incident lasts. */
const deletedExtension: DemoExtension = {
  eventType: 'attributeCollectionSubmit',
  listenerId: 'bd719f88-af32-4e51-a079-be3d5062f716',
  extensionId: '051bf6e7-d25f-4a8e-ba16-e8d62c19af06',
};

/** The incidents of a tenant that was created at `anchorMs`. */
export function incidentsAround(anchorMs: number): Incidents {
  const windowOf = ([fromMinutes, toMinutes]: readonly [number, number]): IncidentWindow => ({
    fromUs: anchorMs * US_PER_MS + fromMinutes * US_PER_MINUTE,
    toUs: anchorMs * US_PER_MS + toMinutes * US_PER_MINUTE,
  });
  return {
    otpOutage: windowOf(OTP_OUTAGE_MINUTES),
    extensionFailure: { ...windowOf(EXTENSION_FAILURE_MINUTES), application: woodgroveBank },
    extensionDeleted: {
      ...windowOf(EXTENSION_DELETED_MINUTES),
      application: fabrikamLoyalty,
      extension: deletedExtension,
    },
    domainBurst: { ...windowOf(DOMAIN_BURST_MINUTES), application: contosoShop, domain: 'mail.example.net' },
  };
}

export function isWithin(window: IncidentWindow, timeUs: number): boolean {
  return timeUs >= window.fromUs && timeUs < window.toUs;
}

/** What the attribute extension of `application` answers at `timeUs`; codes as in custom-extension-troubleshoot. */
export function extensionAnswer(
  incidents: Incidents,
  application: DemoApplication,
  timeUs: number,
  random: SeededRandom,
): ExtensionAnswer {
  const failure = incidents.extensionFailure;
  const works = application !== failure.application || !isWithin(failure, timeUs) || random.chance(0.1);
  if (works) return { attempts: random.chance(0.03) ? 2 : 1, httpStatus: 200, errorCode: 0 };
  const answersStill = timeUs < failure.fromUs + EXTENSION_BAD_STATUS_MINUTES * US_PER_MINUTE;
  return answersStill
    ? { attempts: 2, httpStatus: random.pick([500, 503]), errorCode: 1003002 }
    : { attempts: 2, httpStatus: null, errorCode: 1003005 };
}
