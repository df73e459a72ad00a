/**
 * `--debug-log`: what happened, one JSON object per line, in a file that its owner alone can read. Only what is named
 * here gets into it: no tokens, codes, addresses of people, query values or rows.
 */
import { closeSync, fchmodSync, fstatSync, openSync, writeSync } from 'node:fs';
import type { Clock } from './clock.ts';
import type { ReadingFact } from './facts/reading.ts';
import type { SigningInFact } from './facts/signing-in.ts';
import type { Send } from './graph/send.ts';

export interface DebugLog {
  /** Notes each request with its answer. */
  send(send: Send): Send;
  reading(facts: AsyncIterable<ReadingFact>): AsyncIterable<ReadingFact>;
  signingIn(facts: AsyncIterable<SigningInFact>): AsyncIterable<SigningInFact>;
  /** Something that happened once, without details. */
  note(what: string): void;
  close(): void;
}

type Details = Readonly<Record<string, string | number | boolean | null>>;

/** Stands for a log that nobody asked for. */
export const noDebugLog: DebugLog = {
  send: (send) => send,
  reading: (facts) => facts,
  signingIn: (facts) => facts,
  note: () => {},
  close: () => {},
};

/** Appends to `file`. Throws when it cannot be opened. */
export function openDebugLog(file: string, clock: Clock): DebugLog {
  const descriptor = openSync(file, 'a', 0o600);
  // A file that was there before keeps its mode otherwise. What is no file (/dev/stderr, a pipe) is everybody's.
  if (fstatSync(descriptor).isFile()) fchmodSync(descriptor, 0o600);
  const write = (what: string, details: Details) => {
    writeSync(descriptor, `${JSON.stringify({ at: isoOf(clock.now()), what, ...details })}\n`);
  };
  return {
    send: (send) => async (request) => {
      const startedAtMs = clock.now();
      // The look-up of a person has the ID of the account in its path.
      const { host, pathname } = new URL(request.url);
      const asked = { method: request.method, host, path: pathname.replace(/(\/users\/)[^/]+/, '$1{id}') };
      try {
        const response = await send(request);
        const requestId = response.headers.get('request-id') ?? response.headers.get('x-ms-request-id');
        const tookMs = Math.round(clock.now() - startedAtMs);
        write('request', { ...asked, status: response.status, tookMs, requestId });
        return response;
      } catch (error) {
        const failure = error instanceof Error ? error.name : typeof error;
        write('request', { ...asked, status: null, tookMs: Math.round(clock.now() - startedAtMs), failure });
        throw error;
      }
    },
    reading: (facts) => noting(facts, (fact) => write(fact.type, readingDetails(fact))),
    signingIn: (facts) => noting(facts, (fact) => write(fact.type, signingInDetails(fact))),
    note: (what) => write(what, {}),
    close: () => closeSync(descriptor),
  };
}

/** `2026-11-23T10:42:09.123Z`; null for a time that is not known, or that no calendar reaches. */
function isoOf(timeMs: number | null | undefined): string | null {
  return timeMs != null && Math.abs(timeMs) <= 8.64e15 ? new Date(timeMs).toISOString() : null;
}

async function* noting<Fact>(facts: AsyncIterable<Fact>, note: (fact: Fact) => void): AsyncGenerator<Fact> {
  for await (const fact of facts) {
    note(fact);
    yield fact;
  }
}

function readingDetails(fact: ReadingFact): Details {
  switch (fact.type) {
    case 'page.received': {
      const { purpose, events, unreadable, covered } = fact;
      const span = { from: isoOf(covered?.fromMs), to: isoOf(covered?.toMs) };
      return { purpose, events: events.length, unreadable: unreadable.length, ...span };
    }
    case 'feed.caughtUp':
      return { upTo: isoOf(fact.upToMs), nextPollAt: isoOf(fact.nextPollAtMs) };
    case 'feed.throttled':
      return { until: isoOf(fact.untilMs) };
    case 'feed.failed': {
      const { kind, code, requestId } = fact.problem;
      return { kind, code, requestId, retryAt: isoOf(fact.retryAtMs) };
    }
    case 'range.clamped':
      return { from: isoOf(fact.fromMs) };
    case 'range.completed':
    case 'filter.narrowed':
      return {};
  }
}

function signingInDetails(fact: SigningInFact): Details {
  switch (fact.type) {
    case 'signIn.codeReceived':
      return { expiresAt: isoOf(fact.expiresAtMs) };
    case 'signIn.browserWaiting':
      return { opened: fact.opened };
    case 'signIn.failed': {
      const { kind, code, requestId } = fact.problem;
      return { kind, code, requestId, offerBrowser: fact.offerBrowser };
    }
    case 'signIn.codeExpired':
    case 'signIn.succeeded':
      return {};
  }
}
