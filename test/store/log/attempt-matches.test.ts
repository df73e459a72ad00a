/** The attempts that a filter keeps agree with naive ones, whatever comes in whatever order, and as time goes by. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { funnelOf, funnelsBy } from '../../../src/figures/funnel.ts';
import { compileAttemptFilter } from '../../../src/filter/attempt-predicate.ts';
import type { FieldTerm, Filter } from '../../../src/filter/filter.ts';
import { type AttemptShape, attemptOutcome } from '../../../src/signup/attempt.ts';
import { type Attempt, attemptsOf } from '../../../src/signup/attempts-of.ts';
import { AttemptMatches } from '../../../src/store/log/attempt-matches.ts';
import { AttemptTally } from '../../../src/store/log/attempt-tally.ts';
import { EventLog } from '../../../src/store/log/event-log.ts';
import type { Matches } from '../../../src/store/log/matches.ts';
import { guid as eventId, eventOf } from '../../support/events.ts';
import { NaiveLog } from './naive-log.ts';
import { anyFilter, anyPages, eventWith, guid, plainPacker, startMs } from './sample-events.ts';

const HOUR_MS = 3_600_000;

/** Ids of the first events of the rows, the lowest first. */
function rowsOf(log: EventLog, matches: Matches): readonly string[] {
  return Array.from({ length: matches.size }, (_, rank) => log.id(matches.at(rank)));
}

/** The attempts counted from nothing. */
function talliedAnew(attempts: readonly Attempt[]): AttemptTally {
  const tally = new AttemptTally();
  for (const [key, attempt] of attempts.entries()) tally.set(key, attempt);
  return tally;
}

function progressing(attempts: readonly Attempt[], nowMs: number): readonly AttemptShape[] {
  return attempts.filter((attempt) => attemptOutcome(attempt, nowMs) === 'inProgress').map(({ shape }) => shape);
}

/** All figures that a tally gives. */
function summary({ shapes, funnelShapes, minutes, clusters, size }: AttemptTally, inProgress: readonly AttemptShape[]) {
  const failures = [...clusters].map(([key, { attempts, byMinute }]) => {
    return [key, [attempts, ...[...byMinute].sort(([a], [b]) => a - b)]] as const;
  });
  const parts = splits.map((dimension) => funnelsBy(dimension, shapes, inProgress));
  expect(splits.map((dimension) => funnelsBy(dimension, funnelShapes, inProgress))).toEqual(parts);
  return { funnel: funnelOf(shapes, inProgress), parts, minutes, failures: new Map(failures), size };
}

const splits: readonly ((shape: AttemptShape) => string)[] = [
  () => 'all',
  ({ provider }) => provider,
  ({ appId }) => appId,
  ({ account }) => account,
];

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
          const tally = new AttemptTally();
          const following = new AttemptMatches(log, filter, nowMs, { tally });
          following.continueBuild(() => true);
          const sliced = new AttemptMatches(log, filter, nowMs, { sliceEvents: 3 });
          for (const [index, page] of pages.entries()) {
            const before = new Set(rowsOf(log, following));
            nowMs += waits[index % waits.length] ?? 0;
            log.add(page);
            naive.add(page);
            sliced.update(nowMs);
            sliced.continueBuild(() => false);
            if (index === missed) continue;
            const fresh = following.update(nowMs).map((position) => log.id(position));
            const keeps = compileAttemptFilter(filter, naive.appNames);
            const kept = attemptsOf(naive.events).filter((attempt) => keeps(attempt, nowMs));
            const firsts = new Set(kept.map(({ events }) => events[0]?.id));
            const expected = naive.events.map(({ id }) => id).filter((id) => firsts.has(id));
            expect(rowsOf(log, following)).toEqual(expected);
            expect(summary(tally, [...following.inProgress(nowMs)])).toEqual(
              summary(talliedAnew(kept), progressing(kept, nowMs)),
            );
            for (const { events } of kept) {
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

  it('have called no extension only when none of their events did', () => {
    const call = { eventType: 'emailOtpSend', handlerResult: { errorCode: 0 } };
    const log = new EventLog({ maxEvents: 100, packer: plainPacker });
    log.add([
      eventOf({ n: 1, correlation: 1 }),
      eventOf({ n: 2, correlation: 1, listeners: [call] }),
      eventOf({ n: 3, correlation: 2 }),
    ]);
    const kept = (text: string, negated: boolean) => {
      const term: FieldTerm = { kind: 'field', field: 'extension', values: [{ text, match: 'exact' }], negated };
      const matches = new AttemptMatches(log, { terms: [term], since: null, until: null }, startMs);
      matches.continueBuild(() => true);
      return rowsOf(log, matches);
    };
    const [calling, plain] = [eventId(1), eventId(3)];
    expect([kept('none', false), kept('none', true)]).toEqual([[plain], [calling]]);
    expect([kept('any', false), kept('emailOtpSend', true)]).toEqual([[calling], [plain]]);
  });

  it('are each one row when all that building had reached made room meanwhile', () => {
    const log = new EventLog({ maxEvents: 4, packer: plainPacker });
    const alone = (n: number) => eventWith({ id: guid(n), correlationId: guid(1000 + n), timeMs: startMs + n * 1000 });
    log.add([1, 2, 3, 4].map(alone));
    const matches = new AttemptMatches(log, { terms: [], since: null, until: null }, startMs, { sliceEvents: 1 });
    matches.continueBuild(() => false);
    for (const n of [5, 6, 7, 8, 9, 10]) {
      log.add([alone(n)]);
      matches.update(startMs);
    }
    matches.continueBuild(() => true);
    expect(rowsOf(log, matches)).toEqual([7, 8, 9, 10].map(guid));
  });

  it('have the events that are held, when many of a long one made room', () => {
    const log = new EventLog({ maxEvents: 60, packer: plainPacker });
    const step = (n: number) => eventWith({ id: guid(n), timeMs: startMs + n });
    const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
    log.add(numbers(0, 60).map(step));
    const newest = log.positionOf(guid(59));
    expect(log.attempts.of(newest)?.events).toHaveLength(60);
    log.add(numbers(100, 30).map((n) => ({ ...step(n), correlationId: guid(2000) })));
    expect(log.attempts.of(newest)?.events.map((position) => log.id(position))).toEqual(numbers(30, 30).map(guid));
    expect(log.attempts.of(newest)?.shape.steps).toBe(30);
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
