/**
 * `--debug-log`: what happened, one JSON object per line, in a file that is created for its owner alone. Only what is named
 * here gets into it: no tokens, codes, addresses of people, query values or rows.
 */
import type { Clock } from './clock.ts';
import { msBetween } from './facts/moment.ts';
import type { ReadingFact } from './facts/reading.ts';
import { redactedOrNull } from './facts/redacted.ts';
import type { SigningInFact } from './facts/signing-in.ts';
import { openForAppending } from './files/append-file.ts';
import type { Send } from './graph/send.ts';

export interface DebugLog {
  /** Notes each request with its answer. */
  send(send: Send): Send;
  reading(facts: AsyncIterable<ReadingFact>): AsyncIterable<ReadingFact>;
  signingIn(facts: AsyncIterable<SigningInFact>): AsyncIterable<SigningInFact>;
  /** Something that happened once, without details. */
  note(what: string): void;
  /** Gives what could not be written, as a clause without a full stop, or null. */
  close(): string | null;
}

type Details = Readonly<Record<string, string | number | boolean | null>>;

/** Stands for a log that nobody asked for. */
export const noDebugLog: DebugLog = {
  send: (send) => send,
  reading: (facts) => facts,
  signingIn: (facts) => facts,
  note: () => {},
  close: () => null,
};

/** Appends to `file`. Throws when it cannot be opened, and not afterwards: the program goes on without what is lost. */
export function openDebugLog(file: string, clock: Clock): DebugLog {
  const appended = openForAppending(file);
  const write = (what: string, details: Details) => {
    appended.add(JSON.stringify({ at: isoOf(clock.now()), what, ...details }));
  };
  return {
    send: (send) => async (request, onSent) => {
      const startedAt = clock.moment();
      // The look-up of a person has the ID of the account in its path.
      const { host, pathname } = new URL(request.url);
      const asked = { method: request.method, host, path: pathname.replace(/(\/users\/)[^/]+/, '$1{id}') };
      try {
        const response = await send(request, onSent);
        const requestId = redactedOrNull(response.headers.get('request-id') ?? response.headers.get('x-ms-request-id'));
        const tookMs = Math.round(msBetween(startedAt, clock.moment()));
        write('request', { ...asked, status: response.status, tookMs, requestId });
        return response;
      } catch (error) {
        const failure = error instanceof Error ? error.name : typeof error;
        write('request', { ...asked, status: null, tookMs: Math.round(msBetween(startedAt, clock.moment())), failure });
        throw error;
      }
    },
    reading: (facts) => noting(facts, (fact) => write(fact.type, readingDetails(fact))),
    signingIn: (facts) => noting(facts, (fact) => write(fact.type, signingInDetails(fact))),
    note: (what) => write(what, {}),
    close: () => appended.close(),
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
      return { upTo: isoOf(fact.upToMs), nextPollInMs: fact.nextPollInMs };
    case 'feed.behind':
      return { upTo: isoOf(fact.upToMs) };
    case 'clock.corrected':
      return { computerAheadMs: fact.computerAheadMs, source: fact.source };
    case 'feed.throttled':
      return { waitMs: fact.waitMs };
    case 'feed.failed': {
      const { kind, code, requestId } = fact.problem;
      return { kind, code, requestId, retryInMs: fact.retryInMs };
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
      return { expiresInMs: fact.expiresInMs };
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
