/**
 * The sign-up log of the demo tenant, in buckets of time: each bucket's attempts follow from the seed, the moment of
 * creation and the number of the bucket alone, so any stretch can be made without what came before. Pure.
 */
import { applications, contosoShop, type DemoApplication, woodgroveBank } from './applications.ts';
import { AttemptRecorder, type DemoAttempt, type DemoStory, US_PER_MS, US_PER_S } from './attempt.ts';
import { type Incidents, type IncidentWindow, incidentsAround } from './incidents.ts';
import { deletedExtensionJourney, journey, scriptedJourney } from './journeys.ts';
import { emailAddress, scriptedAddress } from './people.ts';
import { SeededRandom } from './random.ts';
import { peoplePerMinute } from './rhythm.ts';
import { playStory, scriptedStories } from './stories.ts';

export const BUCKET_MS = 600_000;
/** No attempt has events more than this many buckets after the one in which it (or the person's first try) began. */
export const REACH_BUCKETS = 11;
/** A day more than Graph keeps, so that it is retention that ends the log and not the generator. */
export const HISTORY_MS = 8 * 86_400_000;

const BUCKET_US = BUCKET_MS * US_PER_MS;
const LATEST_RETRY_US = 40 * 60 * US_PER_S;
/** Streams of randomness apart from those of the buckets, so that nothing else changes with what they make. */
const DELETED_EXTENSION_STREAM = 1_000_000;

export interface GeneratorSettings {
  readonly seed: string;
  /** The moment of creation, in whole milliseconds since the epoch: incidents and stories are counted from it. */
  readonly anchorMs: number;
  /** Events of an average day before the creation. */
  readonly eventsPerDay: number;
  /** Events of an average minute by day after the creation; with 0 nobody comes any more. */
  readonly liveEventsPerMinute: number;
}

/** The number of the bucket that holds `timeUs`; bucket 0 begins at the moment of creation. */
export function bucketOf(settings: GeneratorSettings, timeUs: number): number {
  return Math.floor((timeUs / US_PER_MS - settings.anchorMs) / BUCKET_MS);
}

/** All attempts of which the first try began in the bucket, in no particular order. */
export function attemptsOfBucket(settings: GeneratorSettings, bucket: number): readonly DemoAttempt[] {
  if (bucket * BUCKET_MS < -HISTORY_MS) return [];
  if (bucket >= 0 && settings.liveEventsPerMinute === 0) return [];
  const random = new SeededRandom(settings.seed, bucket);
  const incidents = incidentsAround(settings.anchorMs);
  return [
    ...ordinaryAttempts(settings, bucket, incidents, random),
    ...incidentAttempts(settings, bucket, incidents, random),
    ...deletedExtensionAttempts(settings, bucket, incidents),
    ...scriptedStories
      .filter(({ atMinutes }) => Math.floor((atMinutes * 60_000) / BUCKET_MS) === bucket)
      .map((story) => playStory(story, settings.anchorMs, random)),
  ];
}

function ordinaryAttempts(
  settings: GeneratorSettings,
  bucket: number,
  incidents: Incidents,
  random: SeededRandom,
): DemoAttempt[] {
  const fromUs = (settings.anchorMs + bucket * BUCKET_MS) * US_PER_MS;
  const count = random.poisson((peoplePerMinute(settings, bucket * BUCKET_MS + BUCKET_MS / 2) * BUCKET_MS) / 60_000);
  const attempts: DemoAttempt[] = [];
  for (let i = 0; i < count; i++) {
    const application = random.weighted(applications);
    const startUs = fromUs + random.integer(0, BUCKET_US - 1);
    attempts.push(...tries(random, application, startUs, incidents, 'ordinary', fromUs + BUCKET_US + LATEST_RETRY_US));
  }
  return attempts;
}

/** People who are there whatever the hour, so that an incident at night can be found as well. */
function incidentAttempts(
  settings: GeneratorSettings,
  bucket: number,
  incidents: Incidents,
  random: SeededRandom,
): DemoAttempt[] {
  const fromUs = (settings.anchorMs + bucket * BUCKET_MS) * US_PER_MS;
  const attempts: DemoAttempt[] = [];
  for (const startUs of startsWithin(incidents.otpOutage, 1.2, fromUs, random)) {
    attempts.push(...tries(random, contosoShop, startUs, incidents, 'ordinary', fromUs));
  }
  for (const startUs of startsWithin(incidents.extensionFailure, 0.8, fromUs, random)) {
    attempts.push(...tries(random, woodgroveBank, startUs, incidents, 'ordinary', fromUs));
  }
  const { domainBurst } = incidents;
  for (const startUs of startsWithin(domainBurst, 14, fromUs, random)) {
    const identifier = scriptedAddress(random, domainBurst.domain);
    const plan = { startUs, identifier, application: domainBurst.application, provider: 'Email OTP' };
    attempts.push(scriptedJourney(new AttemptRecorder(random, { ...plan, story: 'domainBurst' })));
  }
  return attempts;
}

function deletedExtensionAttempts(
  settings: GeneratorSettings,
  bucket: number,
  { extensionDeleted }: Incidents,
): DemoAttempt[] {
  const random = new SeededRandom(settings.seed, DELETED_EXTENSION_STREAM + bucket);
  const { application, extension } = extensionDeleted;
  const fromUs = (settings.anchorMs + bucket * BUCKET_MS) * US_PER_MS;
  return startsWithin(extensionDeleted, 0.45, fromUs, random).map((startUs) => {
    const provider = 'Email OTP';
    const plan = { startUs, application, provider, identifier: emailAddress(random, provider) };
    return deletedExtensionJourney(new AttemptRecorder(random, { ...plan, story: 'extensionDeleted' }), extension);
  });
}

function startsWithin(window: IncidentWindow, perMinute: number, bucketFromUs: number, random: SeededRandom): number[] {
  const fromUs = Math.max(window.fromUs, bucketFromUs);
  const toUs = Math.min(window.toUs, bucketFromUs + BUCKET_US);
  if (fromUs >= toUs) return [];
  const count = random.poisson((perMinute * (toUs - fromUs)) / (60 * US_PER_S));
  return Array.from({ length: count }, () => random.integer(fromUs, toUs - 1));
}

/** One person's attempts: up to three, as long as none made an account. */
function tries(
  random: SeededRandom,
  application: DemoApplication,
  firstStartUs: number,
  incidents: Incidents,
  story: DemoStory,
  latestStartUs: number,
): DemoAttempt[] {
  const provider = random.weighted(application.providers);
  const identifier = emailAddress(random, provider);
  const attempts: DemoAttempt[] = [];
  let startUs = firstStartUs;
  do {
    const recorder = new AttemptRecorder(random, { startUs, application, provider, identifier, story });
    const attempt = journey(recorder, incidents);
    attempts.push(attempt);
    if (attempt.outcome === 'created' || attempts.length === 3 || random.chance(0.7)) break;
    startUs = recorder.timeUs + random.integer(60 * US_PER_S, 480 * US_PER_S);
  } while (startUs < latestStartUs);
  return attempts;
}
