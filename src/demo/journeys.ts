/**
 * How people get through a sign-up, or do not: the paths from stage to stage, by the odds of ordinary life and by
 * what is broken at that moment. A correct e-mail code leaves no row of its own, as in Microsoft's sample of the log.
 */
import { accountTypeOf, type DemoExtension } from './applications.ts';
import type { AttemptRecorder, DemoAttempt, DemoCallout } from './attempt.ts';
import { US_PER_MS, US_PER_S } from './attempt.ts';
import { type ExtensionAnswer, extensionAnswer, type Incidents, isWithin } from './incidents.ts';

const ANSWERED: ExtensionAnswer = { attempts: 1, httpStatus: 200, errorCode: 0 };

/** Whether the person goes on to the next page, or how the attempt ended. */
type Passage = 'goesOn' | 'failed' | 'noFurtherEvent';

/** Walks one attempt from its first page to its end. */
export function journey(recorder: AttemptRecorder, incidents: Incidents): DemoAttempt {
  const local = accountTypeOf(recorder.plan.provider) === 'local';
  const passed = local ? proveAddress(recorder, incidents) : returnFromProvider(recorder);
  if (passed !== 'goesOn') return recorder.done(passed);
  const collected = giveAttributes(recorder, incidents);
  if (collected !== 'goesOn') return recorder.done(collected);
  return createAccount(recorder);
}

/** A script's way: no pauses for thought, one code after the other. */
export function scriptedJourney(recorder: AttemptRecorder): DemoAttempt {
  recorder.step('credentialCollection', 0, { callouts: called(recorder, recorder.plan.application.onOtpSend) });
  recorder.pause(1, 2).step('credentialValidation', 1002013);
  if (recorder.random.chance(0.12)) return recorder.done('noFurtherEvent');
  recorder.pause(1, 4).step('attributeCollectionAndValidation', 0, {
    callouts: called(recorder, recorder.plan.application.onAttributeSubmit),
  });
  return createAccount(recorder);
}

/** Stopped by an extension that no longer exists: the event says only that one failed, and its listener why. */
export function deletedExtensionJourney(recorder: AttemptRecorder, extension: DemoExtension): DemoAttempt {
  recorder.step('credentialCollection').pause(1, 3).step('credentialValidation', 1002013).pause(20, 60);
  const callout = { extension, calledAtUs: recorder.timeUs, attempts: 0, httpStatus: null, errorCode: 1003011 };
  return recorder.step('attributeCollectionAndValidation', 1100001, { callouts: [callout] }).done('failed');
}

/** The directory writes the account, or refuses to now and then. */
function createAccount(recorder: AttemptRecorder): DemoAttempt {
  const refused = recorder.random.chance(0.012);
  recorder.pause(1, 2);
  return refused ? recorder.step('userCreation', 399279).done('failed') : accountCreated(recorder);
}

/** The account is written. */
export function accountCreated(recorder: AttemptRecorder): DemoAttempt {
  const { random, plan } = recorder;
  const callouts = called(recorder, plan.application.onTokenIssuance);
  recorder.step('userCreation', 0, { userId: random.guid(), callouts });
  if (random.chance(0.03)) recorder.pause(1, 3).step('userCreation', 50140);
  return recorder.done('created');
}

/** What an extension of the application, if it has one, answered just now. */
export function called(
  recorder: AttemptRecorder,
  extension: DemoExtension | null,
  answer: ExtensionAnswer = ANSWERED,
): readonly DemoCallout[] {
  if (extension === null) return [];
  const tookMs = answer.httpStatus === null ? 4_000 : recorder.random.integer(40, 900);
  return [{ extension, calledAtUs: recorder.timeUs - tookMs * US_PER_MS, ...answer }];
}

function proveAddress(recorder: AttemptRecorder, incidents: Incidents): Passage {
  const { random, plan } = recorder;
  recorder.step('credentialCollection', 0, { callouts: called(recorder, plan.application.onOtpSend) });
  if (random.chance(0.03)) return 'noFurtherEvent';
  recorder.pause(1, 3).step('credentialValidation', 1002013);
  if (isWithin(incidents.otpOutage, recorder.timeUs)) return waitForMail(recorder, incidents);
  if (random.chance(0.08)) return 'noFurtherEvent';
  if (random.chance(0.02)) {
    recorder.pause(660, 900).step('credentialValidation', 50182);
    if (random.chance(0.5)) return 'failed';
    recorder.pause(3, 20).step('credentialValidation', 1002013);
  }
  if (!random.chance(0.11)) return 'goesOn';
  const wrongCodes = random.weighted([
    [65, 1],
    [25, 2],
    [10, 3],
  ]);
  for (let i = 0; i < wrongCodes; i++) recorder.pause(8, 45).step('credentialValidation', 50181);
  return random.chance(0.22) ? 'failed' : 'goesOn';
}

function waitForMail(recorder: AttemptRecorder, incidents: Incidents): Passage {
  const { random } = recorder;
  recorder.partOf('otpOutage');
  if (random.chance(0.35)) recorder.pause(60, 150).step('credentialValidation', 1002013);
  if (random.chance(0.15)) recorder.pause(60, 200).step('credentialValidation', 1002013);
  if (random.chance(0.7)) return 'noFurtherEvent';
  // The mail comes at last, with a code that is no longer good.
  recorder.pauseUntil(incidents.otpOutage.toUs + random.integer(0, 600 * US_PER_S));
  recorder.step('credentialValidation', 50182);
  return 'failed';
}

function returnFromProvider(recorder: AttemptRecorder): Passage {
  const { random } = recorder;
  const how = random.weighted([
    [86, 'returns'],
    [8, 'staysAway'],
    [4, 'cancels'],
    [2, 'breaks'],
  ]);
  if (how === 'returns') {
    recorder.step('credentialFederation');
    return 'goesOn';
  }
  // Nobody knows who it would have been: the provider has not told.
  if (how === 'staysAway') {
    recorder.step('credentialFederation', 0, { identified: false });
    return 'noFurtherEvent';
  }
  recorder.step('credentialFederation', how === 'cancels' ? 90123 : 40008, { identified: false });
  return 'failed';
}

/** Somebody who leaves after a wrong code has failed; after a prompt or a finished stage the log does not say why. */
function hasFailed({ lastErrorCode }: AttemptRecorder): boolean {
  return lastErrorCode !== 0 && lastErrorCode !== 1002013;
}

function giveAttributes(recorder: AttemptRecorder, incidents: Incidents): Passage {
  const { random, plan } = recorder;
  recorder.pause(9, 70);
  if (random.chance(0.05)) return hasFailed(recorder) ? 'failed' : 'noFurtherEvent';
  const started = called(recorder, plan.application.onAttributeStart);
  if (plan.provider === 'Email Password' && random.chance(0.05)) {
    recorder.step('attributeCollectionAndValidation', 120002, { callouts: started }).pause(6, 30);
  }
  if (random.chance(0.06)) {
    recorder.step('attributeCollectionAndValidation', 1002027, { callouts: started });
    if (random.chance(0.35)) return 'failed';
    recorder.pause(6, 40);
  }
  const answer = extensionAnswer(incidents, plan.application, recorder.timeUs, random);
  const submitted = called(recorder, plan.application.onAttributeSubmit, answer);
  const worked = answer.errorCode === 0;
  recorder.step('attributeCollectionAndValidation', answer.errorCode, { callouts: [...started, ...submitted] });
  if (!worked) {
    recorder.partOf('extensionFailure');
    if (random.chance(0.3)) {
      recorder.pause(8, 30).step('attributeCollectionAndValidation', answer.errorCode, {
        callouts: called(recorder, plan.application.onAttributeSubmit, answer),
      });
    }
    return 'failed';
  }
  if (!plan.application.asksConsent) return 'goesOn';
  const declined = random.chance(0.03);
  recorder.pause(2, 8).step('consent', declined ? 65004 : 0);
  return declined ? 'failed' : 'goesOn';
}
