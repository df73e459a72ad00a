/** The attempts that a filter keeps agree with naive ones, whatever comes in whatever order, and as time goes by. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldTerm, Filter, Term } from '../../../src/filter/filter.ts';
import { compileFilter, conditionHolds } from '../../../src/filter/predicate.ts';
import { attemptOutcome, attemptShape } from '../../../src/signup/attempt.ts';
import type { LogEvent } from '../../../src/signup/event.ts';
import { outcomeOf } from '../../../src/signup/outcome.ts';
import { AttemptMatches } from '../../../src/store/log/attempt-matches.ts';
import { EventLog } from '../../../src/store/log/event-log.ts';
import type { Matches } from '../../../src/store/log/matches.ts';
import { NaiveLog } from './naive-log.ts';
import { anyFilter, anyPages, eventWith, guid, plainPacker, startMs } from './sample-events.ts';

const HOUR_MS = 3_600_000;

/** Groups of events that share a correlation ID; one without an ID stands alone. */
function attemptsOf(events: readonly LogEvent[]): readonly (readonly LogEvent[])[] {
  const groups = new Map<string, LogEvent[]>();
  for (const event of events) {
    const key = event.correlationId === '' ? `alone ${event.id}` : event.correlationId;
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return [...groups.values()];
}

function keeps(naive: NaiveLog, filter: Filter, events: readonly LogEvent[], nowMs: number): boolean {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return false;
  const inTime = last.timeMs >= (filter.since?.atMs ?? 0) && first.timeMs <= (filter.until?.atMs ?? Infinity);
  return inTime && filter.terms.every((term) => holds(naive, term, events, nowMs));
}

function holds(naive: NaiveLog, term: Term, events: readonly LogEvent[], nowMs: number): boolean {
  const last = events.slice(-1);
  if (term.kind === 'field' && term.field === 'outcome') return conditionHolds(term, outcomeValues(events, nowMs));
  const asked = term.kind === 'field' && ['provider', 'account'].includes(term.field) ? last : events;
  const keepsOne = compileFilter({ terms: [{ ...term, negated: false }], since: null, until: null }, naive.appNames);
  return asked.some(keepsOne) !== term.negated;
}

function outcomeValues(events: readonly LogEvent[], nowMs: number): readonly string[] {
  const last = events.at(-1);
  const outcome = attemptOutcome(attemptShape(events), last?.timeMs ?? 0, nowMs);
  if (outcome === 'created') return ['created', 'succeeded'];
  if (outcome === 'failed') return outcomeOf(last?.errorCode ?? 0) === 'unknown' ? ['failed', 'unknown'] : ['failed'];
  return [outcome, 'interrupted'];
}

/** Ids of the first events of the rows, the lowest first. */
function rowsOf(log: EventLog, matches: Matches): readonly string[] {
  return Array.from({ length: matches.size }, (_, rank) => log.id(matches.at(rank)));
}

const outcomeIs = (text: string): Filter => {
  const term: FieldTerm = { kind: 'field', field: 'outcome', values: [{ text, match: 'exact' }], negated: false };
  return { terms: [term], since: null, until: null };
};

describe('the attempts that a filter keeps', () => {
  it('agree with naive ones, followed or built anew, at once or in slices', () => {
    const anyWait = fc.constantFrom(0, 1000, HOUR_MS / 3, HOUR_MS);
    fc.assert(
      fc.property(
        fc.constantFrom(1, 7, 25, 1000),
        anyPages,
        anyFilter,
        fc.nat(9),
        fc.array(anyWait, { minLength: 12, maxLength: 12 }),
        (maxEvents, pages, filter, missed, waits) => {
          const log = new EventLog({ maxEvents, packer: plainPacker });
          const naive = new NaiveLog(maxEvents);
          let nowMs = startMs;
          const following = new AttemptMatches(log, filter, nowMs);
          following.continueBuild(() => true);
          const sliced = new AttemptMatches(log, filter, nowMs, 3);
          for (const [index, page] of pages.entries()) {
            const before = new Set(rowsOf(log, following));
            nowMs += waits[index % waits.length] ?? 0;
            log.add(page);
            naive.add(page);
            sliced.update(nowMs);
            sliced.continueBuild(() => false);
            if (index === missed) continue;
            const fresh = following.update(nowMs).map((position) => log.id(position));
            const kept = attemptsOf(naive.events).filter((events) => keeps(naive, filter, events, nowMs));
            const expected = naive.events.map(({ id }) => id).filter((id) => kept.some(([first]) => first?.id === id));
            expect(rowsOf(log, following)).toEqual(expected);
            for (const events of kept) {
              const rank = expected.indexOf(events[0]?.id ?? '');
              expect(events.map(({ id }) => following.rankOf(log.positionOf(id)))).toEqual(events.map(() => rank));
            }
            if (index !== missed + 1) expect(fresh.filter((id) => before.has(id))).toEqual([]);
          }
          sliced.update(nowMs);
          while (!sliced.continueBuild(() => false));
          const anew = new AttemptMatches(log, filter, nowMs);
          anew.continueBuild(() => true);
          expect(rowsOf(log, sliced)).toEqual(rowsOf(log, anew));
        },
      ),
      { numRuns: 700 },
    );
  });

  it('follow the clock: what was in progress has no further event half an hour later', () => {
    const log = new EventLog({ maxEvents: 100, packer: plainPacker });
    log.add([eventWith({ id: guid(1), timeMs: startMs })]);
    const inProgress = new AttemptMatches(log, outcomeIs('inProgress'), startMs);
    const noFurtherEvent = new AttemptMatches(log, outcomeIs('noFurtherEvent'), startMs);
    for (const matches of [inProgress, noFurtherEvent]) matches.continueBuild(() => true);
    expect([inProgress.size, noFurtherEvent.size]).toEqual([1, 0]);
    for (const matches of [inProgress, noFurtherEvent]) matches.update(startMs + HOUR_MS);
    expect([inProgress.size, noFurtherEvent.size]).toEqual([0, 1]);
  });

  it('are judged right whatever order their events come in', () => {
    const log = new EventLog({ maxEvents: 100, packer: plainPacker });
    const created = new AttemptMatches(log, outcomeIs('created'), startMs);
    created.continueBuild(() => true);
    const step = (n: number, stage: string, errorCode = 0) =>
      eventWith({ id: guid(n), timeMs: startMs + n * 1000, stage, errorCode });
    const [collect, validate, create] = [
      step(1, 'credentialCollection'),
      step(2, 'credentialValidation', 50181),
      step(3, 'userCreation'),
    ];
    const seen: number[] = [];
    for (const event of [create, validate, collect]) {
      log.add([event]);
      created.update(startMs);
      seen.push(created.size);
    }
    expect(seen).toEqual([1, 1, 1]);
    expect(rowsOf(log, created)).toEqual([collect.id]);
  });
});
