/**
 * Reads what the logs beside the sign-ups have of one attempt, all at once: a person waits, so it goes before polling. It
 * must not let the failure of one log touch another.
 */

import type { Span } from '../facts/reading.ts';
import type { RelatedFact, RelatedQuery } from '../facts/related.ts';
import type { LogEvent } from '../signup/event.ts';
import { linkedSignal } from './linked-signal.ts';
import type { LogClock } from './log-clock.ts';
import { mendRequest } from './mend-request.ts';
import type { NoRows, Rows } from './read-rows.ts';
import { type ReadRowsDeps, readRows } from './read-rows.ts';
import { relatedProblem } from './related-problems.ts';
import { questionsOf, type RelatedQuestion } from './related-sources.ts';

/** Enough for any person; a machine that signs in every minute must not hold up the rest. */
const MOST_PAGES = 3;
/** The memory of Graph goes on moving while a question waits for its turn. */
const QUEUE_MS = 60_000;

export interface RelatedDeps extends ReadRowsDeps {
  readonly logClock: LogClock;
}

/** Yields `related.started` for every source, then one more fact for each as it comes. Ends early when `signal` is aborted. */
export async function* readRelated(
  request: RelatedQuery,
  deps: RelatedDeps,
): AsyncGenerator<RelatedFact, void, undefined> {
  const own = linkedSignal(deps.signal);
  const questions = questionsOf(request);
  try {
    for (const { source } of questions) yield { type: 'related.started', source };
    const running = new Map(
      questions.map((question) => [
        question,
        ask(question, request.span, { ...deps, signal: own.signal }).then((fact) => ({ question, fact })),
      ]),
    );
    while (running.size > 0) {
      const { question, fact } = await Promise.race(running.values());
      running.delete(question);
      if (own.signal.aborted || fact === null) return;
      yield fact;
    }
  } finally {
    // Whoever stops listening does not want the others either.
    own.abort();
    own.release();
  }
}

/** Null when it was given up. */
async function ask(question: RelatedQuestion, span: Span, deps: RelatedDeps): Promise<RelatedFact | null> {
  const { source, definition } = question;
  const outcome = await readWithinRetention(question, span, deps);
  if (outcome.kind === 'cancelled') return null;
  if (outcome.kind !== 'rows') {
    return { type: 'related.failed', source, problem: relatedProblem(outcome, definition) };
  }
  const entries: LogEvent[] = [];
  const unreadable: string[] = [];
  for (const row of outcome.rows) {
    const parsed = definition.parse(row);
    if (!parsed.ok) unreadable.push(parsed.reason);
    else if (question.keeps(parsed.event)) entries.push(parsed.event);
  }
  entries.sort((a, b) => a.timeMs - b.timeMs);
  return { type: 'related.read', source, entries, unreadable, isComplete: outcome.isComplete };
}

/** A start that Graph finds too old is moved to where its memory begins, once. */
async function readWithinRetention(question: RelatedQuestion, span: Span, deps: RelatedDeps): Promise<Rows | NoRows> {
  const read = (from: Span) => readRows({ url: question.url(from), mostPages: MOST_PAGES }, deps);
  const outcome = await read(span);
  if (outcome.kind !== 'badRequest') return outcome;
  const asked = { ...span, isNextPage: false, serverNowMs: deps.logClock.nowMs(), clause: null, narrow: () => null };
  const mended = mendRequest(outcome.error, asked);
  return mended.kind === 'clamp' ? read({ ...span, fromMs: mended.fromMs + QUEUE_MS }) : outcome;
}
