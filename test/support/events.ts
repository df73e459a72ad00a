/** Sign-up events for tests: everything has a value, a test names what matters to it. */
import type { LogEvent } from '../../src/signup/event.ts';
import { parseEvent } from '../../src/signup/parse-event.ts';

/** Monday 2026-11-23, 10:42 UTC. */
export const NOON_MS = Date.UTC(2026, 10, 23, 10, 42);

export interface EventParts {
  readonly n: number;
  readonly timeMs?: number;
  readonly correlation?: number;
  readonly stage?: string;
  readonly provider?: string;
  /** Null: the row has none. */
  readonly code?: number | null;
  readonly who?: string;
  readonly app?: string | null;
  readonly listeners?: readonly unknown[];
}

/** The n-th id of a kind, as a GUID. */
export function guid(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** The row as Graph sends it. */
export function rowOf(parts: EventParts): { readonly [key: string]: unknown } {
  const { n, timeMs = NOON_MS + n * 1000, correlation = n, stage = 'credentialCollection', code = 0 } = parts;
  return {
    id: guid(n),
    correlationId: guid(1_000_000 + correlation),
    createdDateTime: new Date(timeMs).toISOString().replace(/Z$/, '000Z'),
    appId: guid(2_000_000),
    appDisplayName: parts.app === undefined ? 'Contoso Shop' : parts.app,
    signUpStage: stage,
    signUpIdentityProvider: parts.provider ?? 'Email OTP',
    signUpIdentity: { signUpIdentifier: parts.who ?? `person${n}@example.org`, signUpIdentifierType: 'emailAddress' },
    status: { errorCode: code, failureReason: null, additionalDetails: null },
    appliedEventListeners: parts.listeners ?? [],
    userId: stage === 'userCreation' && code === 0 ? guid(3_000_000 + n) : null,
  };
}

export function eventOf(parts: EventParts): LogEvent {
  const parsed = parseEvent(rowOf(parts));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
}

/** Events number `from` to `to`, one a second. */
export function eventsBetween(from: number, to: number): readonly LogEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) => eventOf({ n: from + index }));
}
