/** Single attempts that are always there to be found, each at its time around the creation of the tenant. */
import { contosoShop, type DemoApplication, fabrikamLoyalty, woodgroveBank } from './applications.ts';
import { AttemptRecorder, type DemoAttempt, type DemoStory, US_PER_MS } from './attempt.ts';
import { accountCreated, called } from './journeys.ts';
import { hostileAddresses } from './people.ts';
import type { SeededRandom } from './random.ts';

export interface ScriptedStory {
  /** Minutes after the creation of the tenant; negative ones lie before it. */
  readonly atMinutes: number;
  readonly story: DemoStory;
  readonly application: DemoApplication;
  readonly identifier: string;
  readonly play: (recorder: AttemptRecorder) => DemoAttempt;
}

const hostile = (atMinutes: number, identifier: string): ScriptedStory => ({
  atMinutes,
  story: 'hostileText',
  application: contosoShop,
  identifier,
  play: (recorder) =>
    recorder.step('credentialCollection').pause(2, 4).step('credentialCollection', 90101).done('failed'),
});

const invalidAttributes = (atMinutes: number, identifier: string): ScriptedStory => ({
  atMinutes,
  story: 'invalidAttributes',
  application: fabrikamLoyalty,
  identifier,
  play: (recorder) =>
    askForCode(recorder)
      .pause(20, 60)
      .step('attributeCollectionAndValidation', 1002027)
      .pause(10, 30)
      .step('attributeCollectionAndValidation', 1002027)
      .done('failed'),
});

const duplicate = (atMinutes: number): ScriptedStory => ({
  atMinutes,
  story: 'duplicateAccount',
  application: contosoShop,
  identifier: 'rosa.santos@example.org',
  play: (recorder) =>
    askForCode(recorder)
      .pause(15, 40)
      .step('attributeCollectionAndValidation')
      .pause(1, 2)
      .step('userCreation', 399279, {
        additionalDetails: 'Another object with the same value for property proxyAddresses already exists.',
      })
      .done('failed'),
});

const created = (atMinutes: number, story: DemoStory, identifier: string): ScriptedStory => ({
  atMinutes,
  story,
  application: contosoShop,
  identifier,
  play: (recorder) =>
    accountCreated(askForCode(recorder).pause(15, 40).step('attributeCollectionAndValidation').pause(1, 2)),
});

const threeTries = (atMinutes: number, identifier: string): readonly ScriptedStory[] => [
  {
    ...created(atMinutes, 'threeTries', identifier),
    play: (recorder) =>
      askForCode(recorder)
        .pause(10, 30)
        .step('credentialValidation', 50181)
        .pause(5, 20)
        .step('credentialValidation', 50181)
        .done('failed'),
  },
  {
    ...created(atMinutes + 5, 'threeTries', identifier),
    play: (recorder) => askForCode(recorder).done('noFurtherEvent'),
  },
  {
    ...created(atMinutes + 11, 'threeTries', identifier),
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

/** In order of time. */
export const scriptedStories: readonly ScriptedStory[] = [
  created(-362, 'duplicateAccount', 'rosa.santos@example.org'),
  ...threeTries(-134, 'wei.zhang@example.com'),
  hostile(-118, hostileAddresses[0]),
  invalidAttributes(-83, 'karim.haddad@example.net'),
  {
    ...created(-64, 'fallbackMail', 'greta.bauer@contoso.com'),
    play: (recorder) =>
      accountCreated(
        recorder
          .step('credentialCollection', 0, {
            // The extension failed, and the sign-up went on: Microsoft's own mail provider stood in.
            callouts: called(recorder, recorder.plan.application.onOtpSend, {
              attempts: 2,
              httpStatus: 502,
              errorCode: 1003002,
            }),
          })
          .pause(2, 4)
          .step('credentialValidation', 1002013)
          .pause(20, 40)
          .step('attributeCollectionAndValidation'),
      ),
  },
  duplicate(-52),
  duplicate(-47),
  {
    ...created(-41, 'unknownCode', 'finn.berg@example.org'),
    play: (recorder) => askForCode(recorder).pause(5, 9).step('credentialValidation', 1002099).done('failed'),
  },
  {
    ...created(-37, 'unknownStage', "maeve.o'neill@example.com"),
    application: woodgroveBank,
    play: (recorder) => askForCode(recorder).pause(9, 30).step('identityVerification').done('noFurtherEvent'),
  },
  invalidAttributes(-33, 'elif.demir@example.org'),
  ...threeTries(-30, 'ana+shop@example.org'),
  hostile(-11, hostileAddresses[1] ?? hostileAddresses[0]),
  hostile(9, hostileAddresses[0]),
  ...threeTries(14, 'joao.almeida@example.net'),
  invalidAttributes(21, 'noor.abebe@example.com'),
];

/** Plays a story at its time in a tenant that was created at `anchorMs`. */
export function playStory(story: ScriptedStory, anchorMs: number, random: SeededRandom): DemoAttempt {
  const startUs = (anchorMs + story.atMinutes * 60_000) * US_PER_MS + random.integer(0, 999_999);
  const { application, identifier } = story;
  return story.play(
    new AttemptRecorder(random, { startUs, application, identifier, provider: 'Email OTP', story: story.story }),
  );
}

function askForCode(recorder: AttemptRecorder): AttemptRecorder {
  return recorder.step('credentialCollection').pause(1, 3).step('credentialValidation', 1002013);
}
