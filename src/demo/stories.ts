/**
 * Single attempts that are always there to be found: every cycle of the calendar has each of them, spread over the cycle,
 * at minutes that follow from seed and cycle.
 */
import { contosoShop, type DemoApplication, fabrikamLoyalty, woodgroveBank } from './applications.ts';
import { AttemptRecorder, type DemoAttempt, type DemoStory } from './attempt.ts';
import { CYCLE_MINUTES, type IncidentWindow, incidentsOfCycle, startOfCycle, US_PER_MINUTE } from './incidents.ts';
import { accountCreated, called } from './journeys.ts';
import { hostileAddresses } from './people.ts';
import { SeededRandom } from './random.ts';

export interface ScriptedStory {
  /** Minutes after the start of what it belongs to: of its group here, of the cycle once it has its time. */
  readonly atMinutes: number;
  readonly story: DemoStory;
  readonly application: DemoApplication;
  readonly identifier: string;
  readonly play: (recorder: AttemptRecorder) => DemoAttempt;
}

function hostile(identifier: string): ScriptedStory {
  return {
    ...{ atMinutes: 0, story: 'hostileText', application: contosoShop, identifier },
    play: (recorder) =>
      recorder.step('credentialCollection').pause(2, 4).step('credentialCollection', 90101).done('failed'),
  };
}

function invalidAttributes(identifier: string): ScriptedStory {
  return {
    ...{ atMinutes: 0, story: 'invalidAttributes', application: fabrikamLoyalty, identifier },
    play: (recorder) =>
      askForCode(recorder)
        .pause(20, 60)
        .step('attributeCollectionAndValidation', 1002027)
        .pause(10, 30)
        .step('attributeCollectionAndValidation', 1002027)
        .done('failed'),
  };
}

function created(atMinutes: number, story: DemoStory, identifier: string): ScriptedStory {
  return {
    ...{ atMinutes, story, application: contosoShop, identifier },
    play: (recorder) =>
      accountCreated(askForCode(recorder).pause(15, 40).step('attributeCollectionAndValidation').pause(1, 2)),
  };
}

function duplicate(atMinutes: number): ScriptedStory {
  return {
    ...created(atMinutes, 'duplicateAccount', 'rosa.santos@example.org'),
    play: (recorder) =>
      askForCode(recorder)
        .pause(15, 40)
        .step('attributeCollectionAndValidation')
        .pause(1, 2)
        .step('userCreation', 399279, {
          additionalDetails: 'Another object with the same value for property proxyAddresses already exists.',
        })
        .done('failed'),
  };
}

/** The extension that sends mails failed, and the sign-up went on: Microsoft's own mail provider stood in. */
function fallbackMail(identifier: string): ScriptedStory {
  const answer = { attempts: 2, httpStatus: 502, errorCode: 1003002 };
  return {
    ...created(0, 'fallbackMail', identifier),
    play: (recorder) => {
      const callouts = called(recorder, recorder.plan.application.onOtpSend, answer);
      recorder.step('credentialCollection', 0, { callouts }).pause(2, 4).step('credentialValidation', 1002013);
      return accountCreated(recorder.pause(20, 40).step('attributeCollectionAndValidation').pause(1, 2));
    },
  };
}

function unknownCode(identifier: string): ScriptedStory {
  return {
    ...created(0, 'unknownCode', identifier),
    play: (recorder) => askForCode(recorder).pause(5, 9).step('credentialValidation', 1002099).done('failed'),
  };
}

function unknownStage(identifier: string): ScriptedStory {
  return {
    ...created(0, 'unknownStage', identifier),
    application: woodgroveBank,
    play: (recorder) => askForCode(recorder).pause(9, 30).step('identityVerification').done('noFurtherEvent'),
  };
}

function threeTries(identifier: string): readonly ScriptedStory[] {
  return [
    {
      ...created(0, 'threeTries', identifier),
      play: (recorder) =>
        askForCode(recorder)
          .pause(10, 30)
          .step('credentialValidation', 50181)
          .pause(5, 20)
          .step('credentialValidation', 50181)
          .done('failed'),
    },
    {
      ...created(5, 'threeTries', identifier),
      play: (recorder) => askForCode(recorder).done('noFurtherEvent'),
    },
    {
      ...created(11, 'threeTries', identifier),
      play: (recorder) =>
        askForCode(recorder)
          .pause(10, 30)
          .step('credentialValidation', 50181)
          .pause(10, 20)
          .step('attributeCollectionAndValidation')
          .pause(1, 2)
          .step('userCreation', 0, { userId: recorder.random.guid() })
          .done('created'),
    },
  ];
}

/** Each group has a part of the cycle for itself to begin in. */
const groups: readonly (readonly ScriptedStory[])[] = [
  // The account, and hours later two tries to make it again.
  [created(0, 'duplicateAccount', 'rosa.santos@example.org'), duplicate(310), duplicate(315)],
  threeTries('wei.zhang@example.com'),
  [hostile(hostileAddresses[0])],
  [invalidAttributes('karim.haddad@example.net')],
  [fallbackMail('greta.bauer@contoso.com')],
  [unknownCode('finn.berg@example.org')],
  [unknownStage("maeve.o'neill@example.com")],
  [invalidAttributes('elif.demir@example.org')],
  threeTries('ana+shop@example.org'),
  [hostile(hostileAddresses[1] ?? hostileAddresses[0])],
  threeTries('joao.almeida@example.net'),
  [invalidAttributes('noor.abebe@example.com')],
];
const GROUP_MINUTES = CYCLE_MINUTES / groups.length;
/** So that a story of three tries is over before the next group begins. */
const LATEST_START_MINUTE = GROUP_MINUTES - 15;

/** The stories of one cycle of the calendar, with their minutes in it: never while no mail with a code arrives. */
export function storiesOfCycle(seed: string, cycle: number): readonly ScriptedStory[] {
  const random = new SeededRandom(seed, cycle, 'story times');
  const outage = incidentsOfCycle(seed, cycle).find(({ kind }) => kind === 'otpOutage');
  return groups.flatMap((group, i) => {
    const at = (fromMinute: number) => group.map((story) => ({ ...story, atMinutes: fromMinute + story.atMinutes }));
    const latestMinute = CYCLE_MINUTES - GROUP_MINUTES - Math.max(...group.map(({ atMinutes }) => atMinutes));
    let timed = at(i * GROUP_MINUTES + random.integer(0, LATEST_START_MINUTE));
    while (outage && timed.some(({ atMinutes }) => needsMailIn(outage, startOfCycle(seed, cycle), atMinutes))) {
      timed = at(random.integer(0, latestMinute));
    }
    return timed;
  });
}

function needsMailIn(outage: IncidentWindow, cycleUs: number, atMinutes: number): boolean {
  const fromUs = cycleUs + atMinutes * US_PER_MINUTE;
  return fromUs < outage.toUs && fromUs + 3 * US_PER_MINUTE > outage.fromUs;
}

/** Plays a story that begins within a second after `fromUs`. */
export function playStory(story: ScriptedStory, fromUs: number, random: SeededRandom): DemoAttempt {
  const startUs = fromUs + random.integer(0, 999_999);
  const { application, identifier } = story;
  return story.play(
    new AttemptRecorder(random, { startUs, application, identifier, provider: 'Email OTP', story: story.story }),
  );
}

function askForCode(recorder: AttemptRecorder): AttemptRecorder {
  return recorder.step('credentialCollection').pause(1, 3).step('credentialValidation', 1002013);
}
