/** What the generator made, told by those who made it: statistics are tested against this. */
import { accountTypeOf } from './applications.ts';
import { type DemoAttempt, type DemoOutcome, type DemoStory, US_PER_MS } from './attempt.ts';
import { incidentsAround } from './incidents.ts';
import type { Timeline } from './timeline.ts';

interface TrueStage {
  readonly stage: string;
  readonly errorCode: number;
  /** Milliseconds since the epoch, with microseconds as the fraction. */
  readonly timeMs: number;
  /** From when on the log shows it. */
  readonly visibleAtMs: number;
}

interface TrueAttempt {
  readonly correlationId: string;
  /** How it ends, once all its events have happened. */
  readonly outcome: DemoOutcome;
  readonly story: DemoStory;
  readonly account: 'local' | 'social';
  readonly provider: string;
  readonly appId: string;
  readonly appName: string;
  readonly identifier: string;
  /** In order of time. */
  readonly stages: readonly TrueStage[];
}

interface TrueWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Truth {
  /** Attempts whose first event lies in [fromMs, toMs), in that order, visible yet or not. */
  attempts(span: TrueWindow): readonly TrueAttempt[];
  readonly otpOutage: TrueWindow;
  readonly extensionFailure: TrueWindow & { readonly appName: string };
  readonly domainBurst: TrueWindow & { readonly appName: string; readonly domain: string };
}

export function truthOf(timeline: Timeline): Truth {
  const { otpOutage, extensionFailure, domainBurst } = incidentsAround(timeline.settings.anchorMs);
  return {
    attempts: ({ fromMs, toMs }) =>
      timeline.attemptsStarting(fromMs * US_PER_MS, toMs * US_PER_MS).map((attempt) => trueAttempt(attempt)),
    otpOutage: inMs(otpOutage),
    extensionFailure: { ...inMs(extensionFailure), appName: extensionFailure.application.displayName },
    domainBurst: {
      ...inMs(domainBurst),
      appName: domainBurst.application.displayName,
      domain: domainBurst.domain,
    },
  };
}

function trueAttempt(attempt: DemoAttempt): TrueAttempt {
  return {
    correlationId: attempt.correlationId,
    outcome: attempt.outcome,
    story: attempt.story,
    account: accountTypeOf(attempt.provider),
    provider: attempt.provider,
    appId: attempt.application.appId,
    appName: attempt.application.displayName,
    identifier: attempt.identifier,
    stages: attempt.events.map((event) => ({
      stage: event.stage,
      errorCode: event.errorCode,
      timeMs: event.timeUs / US_PER_MS,
      visibleAtMs: event.visibleAtMs,
    })),
  };
}

function inMs({ fromUs, toUs }: { readonly fromUs: number; readonly toUs: number }): TrueWindow {
  return { fromMs: fromUs / US_PER_MS, toMs: toUs / US_PER_MS };
}
