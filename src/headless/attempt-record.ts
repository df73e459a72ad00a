/** One attempt as the object that `attempts` prints, and whatever the other formats show of it. Pure. */
import type { AppNames } from '../signup/app-names.ts';
import { type AttemptOutcome, attemptOutcome, type PathPart } from '../signup/attempt.ts';
import type { Attempt } from '../signup/attempts-of.ts';
import { explainCode, noErrorCode } from '../signup/codes.ts';

export interface AttemptRecord {
  readonly correlationId: string;
  readonly outcome: AttemptOutcome;
  /** ISO 8601, UTC. */
  readonly startedDateTime: string;
  readonly lastDateTime: string;
  readonly durationMs: number;
  readonly tries: number;
  readonly path: readonly PathPart[];
  /** Null where the log has no code. */
  readonly lastErrorCode: number | null;
  readonly meaning: string;
  readonly provider: string;
  readonly account: string;
  readonly appId: string;
  readonly appDisplayName: string | null;
  readonly signUpIdentifier: string | null;
  readonly userId: string | null;
  readonly hadAccount: boolean;
  /** How many. */
  readonly events: number;
  /** Its beginning is probably missing, because the log was not read further back. */
  readonly cutByRange: boolean;
}

export interface JudgedAttempt {
  readonly attempt: Attempt;
  readonly isCut: boolean;
}

/** The attempt as it stands at `nowMs`. */
export function attemptRecord({ attempt, isCut }: JudgedAttempt, appNames: AppNames, nowMs: number): AttemptRecord {
  const { correlationId, events, shape, startMs, lastMs } = attempt;
  const { lastErrorCode, tries, path, provider, account, appId, hadAccount } = shape;
  return {
    correlationId,
    outcome: attemptOutcome(attempt, nowMs),
    startedDateTime: new Date(startMs).toISOString(),
    lastDateTime: new Date(lastMs).toISOString(),
    durationMs: Math.round(lastMs - startMs),
    tries,
    path,
    lastErrorCode: lastErrorCode === noErrorCode ? null : lastErrorCode,
    meaning: explainCode(lastErrorCode).meaning,
    provider,
    account,
    appId,
    appDisplayName: appNames.nameOf(appId),
    // Not every event tells who it is: the provider's answer may come first.
    signUpIdentifier: events.findLast(({ identifier }) => identifier !== null)?.identifier ?? null,
    userId: events.findLast(({ userId }) => userId !== null)?.userId ?? null,
    hadAccount,
    events: events.length,
    cutByRange: isCut,
  };
}
