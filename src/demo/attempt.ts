/**
 * One attempt to sign up and its events, as the generator makes them. Times are whole microseconds since the epoch,
 * because Graph's have six fractional digits. No clock here: whether an event can be seen yet is asked elsewhere.
 */
import type { DemoApplication, DemoExtension } from './applications.ts';
import type { SeededRandom } from './random.ts';

export const US_PER_MS = 1_000;
export const US_PER_S = 1_000_000;

/** How an attempt ends once all its events have happened. */
export type DemoOutcome = 'created' | 'failed' | 'noFurtherEvent';

/** Why an attempt is in the log: ordinary life, or one of the things to find. */
export type DemoStory =
  | 'ordinary'
  | 'otpOutage'
  | 'extensionFailure'
  | 'extensionDeleted'
  | 'domainBurst'
  | 'providerErrors'
  | 'extensionErrors'
  | 'wrongCodes'
  | 'threeTries'
  | 'duplicateAccount'
  | 'invalidAttributes'
  | 'fallbackMail'
  | 'unknownCode'
  | 'unknownStage'
  | 'hostileText';

export interface DemoCallout {
  readonly extension: DemoExtension;
  readonly calledAtUs: number;
  readonly attempts: number;
  /** Null when no answer came. */
  readonly httpStatus: number | null;
  readonly errorCode: number;
}

export interface DemoEvent {
  readonly attempt: DemoAttempt;
  readonly id: string;
  readonly timeUs: number;
  /** The log shows the event from this moment on, in milliseconds since the epoch. */
  readonly visibleAtMs: number;
  readonly stage: string;
  readonly errorCode: number;
  readonly additionalDetails: string | null;
  /** The first stage often does not know the name of the application. */
  readonly appNamed: boolean;
  /** Null until an identity provider has told who it is. */
  readonly identifier: string | null;
  readonly callouts: readonly DemoCallout[];
  readonly userId: string | null;
}

export interface DemoAttempt {
  readonly correlationId: string;
  readonly application: DemoApplication;
  readonly provider: string;
  readonly identifier: string;
  readonly story: DemoStory;
  readonly outcome: DemoOutcome;
  /** In order of time. */
  readonly events: readonly DemoEvent[];
}

export interface AttemptPlan {
  readonly startUs: number;
  readonly application: DemoApplication;
  readonly provider: string;
  readonly identifier: string;
  readonly story: DemoStory;
}

interface StepDetails {
  readonly callouts?: readonly DemoCallout[];
  readonly userId?: string;
  readonly identified?: boolean;
  readonly additionalDetails?: string;
}

/** Records an attempt step by step, as time goes on. */
export class AttemptRecorder {
  readonly random: SeededRandom;
  readonly plan: AttemptPlan;
  readonly #events: DemoEvent[] = [];
  readonly #attempt: { -readonly [Key in keyof DemoAttempt]: DemoAttempt[Key] };
  #timeUs: number;

  constructor(random: SeededRandom, plan: AttemptPlan) {
    this.random = random;
    this.plan = plan;
    this.#timeUs = plan.startUs;
    this.#attempt = {
      correlationId: random.guid(),
      application: plan.application,
      provider: plan.provider,
      identifier: plan.identifier,
      story: plan.story,
      outcome: 'noFurtherEvent',
      events: this.#events,
    };
  }

  get timeUs(): number {
    return this.#timeUs;
  }

  /** The code of the last step; 0 before the first. */
  get lastErrorCode(): number {
    return this.#events.at(-1)?.errorCode ?? 0;
  }

  pause(minSeconds: number, maxSeconds: number): this {
    this.#timeUs += this.random.integer(minSeconds * US_PER_S, maxSeconds * US_PER_S);
    return this;
  }

  pauseUntil(timeUs: number): this {
    this.#timeUs = Math.max(this.#timeUs, timeUs);
    return this;
  }

  step(stage: string, errorCode = 0, details: StepDetails = {}): this {
    const first = this.#events.length === 0;
    this.#events.push({
      attempt: this.#attempt,
      id: this.random.guid(),
      timeUs: this.#timeUs,
      visibleAtMs: Math.ceil(this.#timeUs / US_PER_MS) + visibilityDelayMs(this.random),
      stage,
      errorCode,
      additionalDetails: details.additionalDetails ?? null,
      appNamed: !first || this.random.chance(0.3),
      identifier: details.identified === false ? null : this.plan.identifier,
      callouts: details.callouts ?? [],
      userId: details.userId ?? null,
    });
    return this;
  }

  /** Says that something out of the ordinary got this attempt. */
  partOf(story: DemoStory): this {
    if (this.#attempt.story === 'ordinary') this.#attempt.story = story;
    return this;
  }

  done(outcome: DemoOutcome): DemoAttempt {
    this.#attempt.outcome = outcome;
    return this.#attempt;
  }
}

/** Most rows turn up within two minutes, some after up to a quarter of an hour, few up to 55 minutes late. */
function visibilityDelayMs(random: SeededRandom): number {
  const luck = random.unit();
  if (luck < 0.92) return random.integer(20_000, 120_000);
  if (luck < 0.985) return random.integer(300_000, 900_000);
  return random.integer(900_000, 3_300_000);
}
