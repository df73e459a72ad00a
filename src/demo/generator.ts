/**
 * The sign-up log of the demo tenant, in buckets of time: each bucket's attempts follow from the seed and the number of
 * the bucket alone, so that any stretch can be made without what came before, and is the same whoever makes it. Pure.
 */
import { applications, contosoShop, type DemoApplication } from './applications.ts';
import { AttemptRecorder, type DemoAttempt, US_PER_MS, US_PER_S } from './attempt.ts';
import { BLIP_SLOT_US, type Blip } from './blips.ts';
import type { Calendar } from './calendar.ts';
import { cycleOf, type Incident, startOfCycle, US_PER_MINUTE } from './incidents.ts';
import {
  deletedExtensionJourney,
  extensionErrorJourney,
  journey,
  providerErrorJourney,
  scriptedJourney,
  wrongCodesJourney,
} from './journeys.ts';
import { emailAddress, scriptedAddress } from './people.ts';
import { SeededRandom } from './random.ts';
import { peoplePerMinute, type Traffic } from './rhythm.ts';
import { playStory, storiesOfCycle } from './stories.ts';

export const BUCKET_MS = 600_000;
/** No attempt has events more than this many buckets after the one in which it (or the person's first try) began. */
export const REACH_BUCKETS = 11;

const BUCKET_US = BUCKET_MS * US_PER_MS;
const LATEST_RETRY_US = 40 * US_PER_MINUTE;

export interface GeneratorSettings extends Traffic {
  readonly seed: string;
}

/** Where a bucket's attempts come from. */
interface Source {
  readonly settings: GeneratorSettings;
  readonly calendar: Calendar;
  readonly bucket: number;
  readonly fromUs: number;
  readonly toUs: number;
}

/** The number of the bucket that holds `timeUs`; bucket 0 begins at the epoch. */
export function bucketOf(timeUs: number): number {
  return Math.floor(timeUs / BUCKET_US);
}

/** All attempts of which the first try began in the bucket, in no particular order. `calendar`: that of the seed. */
export function attemptsOfBucket(
  settings: GeneratorSettings,
  calendar: Calendar,
  bucket: number,
): readonly DemoAttempt[] {
  const { live } = settings;
  if (live?.eventsPerMinute === 0) {
    const whole = attemptsOfBucket({ ...settings, live: null }, calendar, bucket);
    return whole.filter(({ events }) => (events[0]?.timeUs ?? 0) < live.fromMs * US_PER_MS);
  }
  const fromUs = bucket * BUCKET_US;
  const source = { settings, calendar, bucket, fromUs, toUs: fromUs + BUCKET_US };
  return [...ordinary(source), ...ofIncidents(source), ...ofBlip(source), ...ofStories(source)];
}

/** Each source has a stream of its own, so that none changes with another's rate. */
function streamOf({ settings, bucket }: Source, name: string): SeededRandom {
  return new SeededRandom(settings.seed, bucket, name);
}

function ordinary(source: Source): readonly DemoAttempt[] {
  const { settings, fromUs, toUs, calendar } = source;
  const random = streamOf(source, 'ordinary');
  const changeUs = (settings.live?.fromMs ?? 0) * US_PER_MS;
  const isCut = changeUs > fromUs && changeUs < toUs;
  const parts = isCut ? [[fromUs, changeUs] as const, [changeUs, toUs] as const] : [[fromUs, toUs] as const];
  return parts.flatMap(([partFromUs, partToUs]) => {
    const perMinute = peoplePerMinute(settings, (partFromUs + partToUs) / 2 / US_PER_MS);
    return startsBetween(partFromUs, partToUs, perMinute, random).flatMap((startUs) =>
      tries(random, random.weighted(applications), startUs, calendar, toUs + LATEST_RETRY_US),
    );
  });
}

/** People who are there whatever the hour, so that an incident at night can be found as well. */
function ofIncidents(source: Source): readonly DemoAttempt[] {
  return source.calendar.incidentsBetween(source.fromUs, source.toUs).flatMap((incident) => {
    const random = streamOf(source, incident.kind);
    const fromUs = Math.max(incident.fromUs, source.fromUs);
    const toUs = Math.min(incident.toUs, source.toUs);
    return startsBetween(fromUs, toUs, peoplePerMinuteOf[incident.kind], random).flatMap((startUs) =>
      ofIncident(source, incident, startUs, random),
    );
  });
}

const peoplePerMinuteOf: Readonly<Record<Incident['kind'], number>> = {
  otpOutage: 0.5,
  extensionFailure: 0.3,
  extensionDeleted: 0.3,
  domainBurst: 5.5,
};

function ofIncident(
  { calendar }: Source,
  incident: Incident,
  startUs: number,
  random: SeededRandom,
): readonly DemoAttempt[] {
  const provider = 'Email OTP';
  switch (incident.kind) {
    case 'otpOutage':
      return tries(random, contosoShop, startUs, calendar, startUs);
    case 'extensionFailure':
      return tries(random, incident.application, startUs, calendar, startUs);
    case 'extensionDeleted': {
      const { application, extension } = incident;
      const plan = { startUs, application, provider, identifier: emailAddress(random, provider) };
      return [deletedExtensionJourney(new AttemptRecorder(random, { ...plan, story: 'extensionDeleted' }), extension)];
    }
    case 'domainBurst': {
      const { application, domain } = incident;
      const plan = { startUs, application, provider, identifier: scriptedAddress(random, domain) };
      return [scriptedJourney(new AttemptRecorder(random, { ...plan, story: 'domainBurst' }))];
    }
  }
}

/** The people of the small incident that begins in the bucket, and how most of those come back who were sent away. */
function ofBlip(source: Source): readonly DemoAttempt[] {
  const { calendar, fromUs, toUs } = source;
  const blip = calendar.blipOf(Math.floor(fromUs / BLIP_SLOT_US));
  if (blip.fromUs < fromUs || blip.fromUs >= toUs) return [];
  const random = streamOf(source, 'blip');
  // One after the other, so that it begins when it says.
  const apartUs = (blip.toUs - blip.fromUs) / blip.people;
  return Array.from({ length: blip.people }, (_, person) => {
    const failsUs = blip.fromUs + Math.floor(person * apartUs) + random.integer(0, Math.floor(apartUs) - 1);
    const provider = blip.kind === 'providerErrors' ? blip.provider : 'Email OTP';
    const { application } = blip;
    const caught = { application, provider, identifier: emailAddress(random, provider) };
    const failed = caughtIn(blip, new AttemptRecorder(random, { ...caught, startUs: failsUs, story: blip.kind }));
    if (blip.kind !== 'providerErrors' || !random.chance(0.85)) return [failed];
    const startUs = blip.toUs + random.integer(60 * US_PER_S, 360 * US_PER_S);
    return [failed, journey(new AttemptRecorder(random, { ...caught, startUs, story: 'ordinary' }), calendar)];
  }).flat();
}

function caughtIn(blip: Blip, recorder: AttemptRecorder): DemoAttempt {
  switch (blip.kind) {
    case 'providerErrors':
      return providerErrorJourney(recorder);
    case 'extensionErrors':
      return extensionErrorJourney(recorder, blip);
    case 'wrongCodes':
      return wrongCodesJourney(recorder);
  }
}

function ofStories(source: Source): readonly DemoAttempt[] {
  const { settings, fromUs, toUs } = source;
  const cycle = cycleOf(settings.seed, fromUs);
  const random = streamOf(source, 'stories');
  return storiesOfCycle(settings.seed, cycle)
    .map((story) => ({ story, startUs: startOfCycle(settings.seed, cycle) + story.atMinutes * US_PER_MINUTE }))
    .filter(({ startUs }) => startUs >= fromUs && startUs < toUs)
    .map(({ story, startUs }) => playStory(story, startUs, random));
}

function startsBetween(fromUs: number, toUs: number, perMinute: number, random: SeededRandom): readonly number[] {
  const count = random.poisson((perMinute * (toUs - fromUs)) / US_PER_MINUTE);
  return Array.from({ length: count }, () => random.integer(fromUs, toUs - 1));
}

/** One person's attempts: up to three, as long as none made an account. */
function tries(
  random: SeededRandom,
  application: DemoApplication,
  firstStartUs: number,
  calendar: Calendar,
  latestStartUs: number,
): readonly DemoAttempt[] {
  const provider = random.weighted(application.providers);
  const identifier = emailAddress(random, provider);
  const attempts: DemoAttempt[] = [];
  let startUs = firstStartUs;
  do {
    const recorder = new AttemptRecorder(random, { startUs, application, provider, identifier, story: 'ordinary' });
    const attempt = journey(recorder, calendar);
    attempts.push(attempt);
    if (attempt.outcome === 'created' || attempts.length === 3 || random.chance(0.7)) break;
    startUs = recorder.timeUs + random.integer(60 * US_PER_S, 480 * US_PER_S);
  } while (startUs < latestStartUs);
  return attempts;
}
