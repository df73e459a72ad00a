/** What the generator made, told by those who made it: statistics are tested against this. */
import { accountInTheWayOf, accountMadeBy } from './accounts.ts';
import { accountTypeOf } from './applications.ts';
import { type DemoAttempt, type DemoEvent, type DemoOutcome, type DemoStory, US_PER_MS } from './attempt.ts';
import type { Blip } from './blips.ts';
import { CYCLE_MINUTES, cycleOf, type Incident, startOfCycle } from './incidents.ts';
import { aftermathOf } from './logs/aftermath.ts';
import type { DemoEntry, DemoLog } from './logs/entry.ts';
import type { Timeline } from './timeline.ts';

interface TrueStage {
  readonly stage: string;
  readonly errorCode: number;
  /** What the failure is counted as: the code of the extension where the event's own names no reason. */
  readonly cause: number;
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
  /** The account that it made; null when it made none. */
  readonly userId: string | null;
  /** The account, older than the log, that stood in its way; null when none did. */
  readonly existingUserId: string | null;
  /** What the other logs have of it and of its account, in order of time, visible yet or not. */
  readonly entries: readonly TrueEntry[];
}

interface TrueEntry {
  readonly log: DemoLog;
  readonly id: string;
  readonly timeMs: number;
  readonly visibleAtMs: number;
  /** Whether it has the correlation ID of the attempt. */
  readonly isOfAttempt: boolean;
  readonly userId: string | null;
  readonly succeeded: boolean;
  /** Sign-ins by themselves, such as a renewal, are only told by those who ask for them. */
  readonly isInteractive: boolean;
}

interface TrueWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Everything that any kind of incident has; null where this kind has none. */
export interface TrueIncident extends TrueWindow {
  readonly kind: Incident['kind'] | Blip['kind'];
  /** Small ones last four minutes and catch a handful of people. */
  readonly size: 'large' | 'small';
  /** The one application that is concerned; null: all of them. */
  readonly appName: string | null;
  /** The identity provider that fails. */
  readonly provider: string | null;
  /** The mail domain of the burst. */
  readonly domain: string | null;
}

export interface Truth {
  /** Attempts whose first event lies in [fromMs, toMs), in that order, visible yet or not. */
  attempts(span: TrueWindow): readonly TrueAttempt[];
  /** Incidents that have a part in [fromMs, toMs), in order of their start. */
  incidentsBetween(fromMs: number, toMs: number): readonly TrueIncident[];
  /** The newest incident of this kind that is over at `timeMs`. Throws when there was none for days. */
  lastIncident(kind: TrueIncident['kind'], timeMs: number): TrueIncident;
  /** The newest cycle that is over at `timeMs`: it has each large incident and each story once. */
  lastCycle(timeMs: number): TrueWindow;
}

const CYCLE_MS = CYCLE_MINUTES * 60_000;

export function truthOf(timeline: Timeline): Truth {
  const { calendar } = timeline;
  const incidentsBetween = (fromMs: number, toMs: number) => {
    const span = [fromMs * US_PER_MS, toMs * US_PER_MS] as const;
    return [...calendar.incidentsBetween(...span), ...calendar.blipsBetween(...span)]
      .map(trueIncident)
      .sort((a, b) => a.fromMs - b.fromMs);
  };
  return {
    attempts: ({ fromMs, toMs }) =>
      timeline.attemptsStarting(fromMs * US_PER_MS, toMs * US_PER_MS).map((attempt) => trueAttempt(attempt)),
    incidentsBetween,
    lastIncident: (kind, timeMs) => {
      const earlier = incidentsBetween(timeMs - 4 * CYCLE_MS, timeMs);
      const last = earlier.filter((incident) => incident.kind === kind && incident.toMs <= timeMs).at(-1);
      if (last === undefined) throw new Error(`no ${kind} before ${new Date(timeMs).toISOString()}`);
      return last;
    },
    lastCycle: (timeMs) => {
      const { seed } = timeline.settings;
      const toMs = startOfCycle(seed, cycleOf(seed, timeMs * US_PER_MS)) / US_PER_MS;
      return { fromMs: toMs - CYCLE_MS, toMs };
    },
  };
}

function trueIncident(incident: Incident | Blip): TrueIncident {
  return {
    kind: incident.kind,
    size: 'people' in incident ? 'small' : 'large',
    fromMs: incident.fromUs / US_PER_MS,
    toMs: incident.toUs / US_PER_MS,
    appName: incident.kind === 'otpOutage' ? null : incident.application.displayName,
    provider: incident.kind === 'providerErrors' ? incident.provider : null,
    domain: incident.kind === 'domainBurst' ? incident.domain : null,
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
      cause: causeIn(event),
      timeMs: event.timeUs / US_PER_MS,
      visibleAtMs: event.visibleAtMs,
    })),
    userId: accountMadeBy(attempt)?.userId ?? null,
    existingUserId: accountInTheWayOf(attempt)?.userId ?? null,
    // Statistics go through thousands of attempts and never look at these.
    get entries() {
      return aftermathOf(attempt)
        .map((entry) => trueEntry(entry, attempt))
        .sort((a, b) => a.timeMs - b.timeMs);
    },
  };
}

/** Only the deleted extension stands behind a code of Entra's. */
function causeIn({ errorCode, callouts }: DemoEvent): number {
  return errorCode === 1100001 ? (callouts[0]?.errorCode ?? errorCode) : errorCode;
}

function trueEntry(entry: DemoEntry, attempt: DemoAttempt): TrueEntry {
  return {
    log: entry.log,
    id: entry.id,
    timeMs: entry.timeUs / US_PER_MS,
    visibleAtMs: entry.visibleAtMs,
    isOfAttempt: entry.log !== 'provisioning' && entry.correlationId === attempt.correlationId,
    userId: entry.account?.userId ?? null,
    succeeded: succeeded(entry),
    isInteractive: entry.log !== 'signIns' || entry.isInteractive,
  };
}

function succeeded(entry: DemoEntry): boolean {
  switch (entry.log) {
    case 'signIns':
      return entry.errorCode === 0;
    case 'directoryAudits':
      return entry.result === 'success';
    case 'provisioning':
      return entry.status === 'success';
  }
}
