/**
 * How people get through a sign-up, or do not: the paths from stage to stage, by the odds of ordinary life and by
 * what is broken at that moment. A correct e-mail code leaves no row of its own, as in Microsoft's sample of the log.
 */
import { accountTypeOf, type DemoExtension } from './applications.ts';
import { type AttemptRecorder, type DemoAttempt, type DemoCallout, US_PER_MS, US_PER_S } from './attempt.ts';
import { ANSWERED_500, type Calendar, type ExtensionAnswer } from './calendar.ts';
import type { IncidentWindow } from './incidents.ts';

/** "There was an unexpected, non-retryable error from the federated identity provider." */
const PROVIDER_FAILED = 40008;
const ANSWERED: ExtensionAnswer = { attempts: 1, httpStatus: 200, errorCode: 0 };

/** Whether the person goes on to the next page, or how the attempt ended. */
type Passage = 'goesOn' | 'failed' | 'noFurtherEvent';

/** Walks one attempt from its first page to its end. */
export function journey(recorder: AttemptRecorder, calendar: Calendar): DemoAttempt {
  const local = accountTypeOf(recorder.plan.provider) === 'local';
  const passed = local ? proveAddress(recorder, calendar) : returnFromProvider(recorder, calendar);
  if (passed !== 'goesOn') return recorder.done(passed);
  const collected = giveAttributes(recorder, calendar);
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

/** Sent to an identity provider that answers with an error. */
export function providerErrorJourney(recorder: AttemptRecorder): DemoAttempt {
  return recorder.step('credentialFederation', PROVIDER_FAILED, { identified: false }).done('failed');
}

/** Stopped by the attribute extension, which answers 500; who has patience tries again once that is over. */
export function extensionErrorJourney(recorder: AttemptRecorder, { toUs }: IncidentWindow): DemoAttempt {
  const { random, plan } = recorder;
  recorder.step('credentialCollection', 0, { callouts: called(recorder, plan.application.onOtpSend) });
  recorder.pause(1, 3).step('credentialValidation', 1002013).pause(20, 60);
  submitAttributes(recorder, ANSWERED_500);
  if (random.chance(0.3)) return recorder.done('failed');
  submitAttributes(recorder.pauseUntil(toUs).pause(10, 150));
  return createAccount(recorder);
}

/** One to three wrong codes; most people get in after that. */
export function wrongCodesJourney(recorder: AttemptRecorder): DemoAttempt {
  const { random, plan } = recorder;
  recorder.step('credentialCollection', 0, { callouts: called(recorder, plan.application.onOtpSend) });
  recorder.pause(1, 3).step('credentialValidation', 1002013);
  for (let left = random.integer(1, 3); left > 0; left--) recorder.pause(8, 25).step('credentialValidation', 50181);
  if (random.chance(0.2)) return recorder.done('failed');
  submitAttributes(recorder.pause(9, 40));
  return createAccount(recorder);
}

function submitAttributes(recorder: AttemptRecorder, answer: ExtensionAnswer = ANSWERED): void {
  const { onAttributeStart, onAttributeSubmit } = recorder.plan.application;
  const callouts = [...called(recorder, onAttributeStart), ...called(recorder, onAttributeSubmit, answer)];
  recorder.step('attributeCollectionAndValidation', answer.errorCode, { callouts });
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

function proveAddress(recorder: AttemptRecorder, calendar: Calendar): Passage {
  const { random, plan } = recorder;
  recorder.step('credentialCollection', 0, { callouts: called(recorder, plan.application.onOtpSend) });
  if (random.chance(0.03)) return 'noFurtherEvent';
  recorder.pause(1, 3).step('credentialValidation', 1002013);
  const outage = calendar.at('otpOutage', recorder.timeUs);
  if (outage) return waitForMail(recorder, outage);
  if (random.chance(0.06)) return 'noFurtherEvent';
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

/** Nobody waits for a mail for longer than this, until it comes at last, with a code that is no longer good. */
const PATIENCE_US = 16 * 60 * US_PER_S;
const LATEST_MAIL_US = 10 * 60 * US_PER_S;

function waitForMail(recorder: AttemptRecorder, outage: IncidentWindow): Passage {
  const { random } = recorder;
  recorder.partOf('otpOutage');
  if (random.chance(0.35)) recorder.pause(60, 150).step('credentialValidation', 1002013);
  if (random.chance(0.15)) recorder.pause(60, 200).step('credentialValidation', 1002013);
  if (outage.toUs - recorder.timeUs > PATIENCE_US || random.chance(0.5)) return 'noFurtherEvent';
  recorder.pauseUntil(outage.toUs + random.integer(0, LATEST_MAIL_US)).pause(8, 40);
  recorder.step('credentialValidation', 50182);
  return 'failed';
}

function returnFromProvider(recorder: AttemptRecorder, calendar: Calendar): Passage {
  const { random, plan } = recorder;
  if (calendar.providerFails(plan.provider, plan.application, recorder.timeUs)) {
    recorder.partOf('providerErrors').step('credentialFederation', PROVIDER_FAILED, { identified: false });
    return 'failed';
  }
  const how = random.weighted([
    [89, 'returns'],
    [6, 'staysAway'],
    [3, 'cancels'],
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
  recorder.step('credentialFederation', how === 'cancels' ? 90123 : PROVIDER_FAILED, { identified: false });
  return 'failed';
}

/** Somebody who leaves after a wrong code has failed; after a prompt or a finished stage the log does not say why. */
function hasFailed({ lastErrorCode }: AttemptRecorder): boolean {
  return lastErrorCode !== 0 && lastErrorCode !== 1002013;
}

function giveAttributes(recorder: AttemptRecorder, calendar: Calendar): Passage {
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
  const answer = calendar.extensionAnswer(plan.application, recorder.timeUs, random);
  const submitted = called(recorder, plan.application.onAttributeSubmit, answer);
  const worked = answer.errorCode === 0;
  recorder.step('attributeCollectionAndValidation', answer.errorCode, { callouts: [...started, ...submitted] });
  if (!worked) {
    const isLarge = calendar.at('extensionFailure', recorder.timeUs)?.application === plan.application;
    recorder.partOf(isLarge ? 'extensionFailure' : 'extensionErrors');
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
