/** The screen of figures and `stats` say the same about the same range, whatever the log and however much more of it was read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../src/filter/filter.ts';
import { parseQuery } from '../../src/filter/parse-query.ts';
import { attemptsRead } from '../../src/headless/attempts-read.ts';
import { statsPage } from '../../src/headless/stats-page.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { parseEvent } from '../../src/signup/parse-event.ts';
import { insightFigures } from '../../src/store/insight.ts';
import type { State } from '../../src/store/state.ts';
import { guid, NOON_MS, rowOf } from '../support/events.ts';
import { pressed, settled, signedInState, told, withEvents } from '../support/states.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const arbitraryStep = fc.record({
  stage: fc.constantFrom(
    'credentialCollection',
    'credentialValidation',
    'credentialFederation',
    'attributeCollectionAndValidation',
    'userCreation',
    'somethingNew',
    '',
  ),
  code: fc.constantFrom(0, 0, 0, 1002013, 50181, 1003005, 399279, 77777, null),
  /** Most follow at once, some after hours. */
  pause: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 200_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 20 * MINUTE_MS, max: 4 * HOUR_MS }) },
  ),
});

const arbitraryAttempt = fc.record({
  startMs: fc.integer({ min: 1, max: 30 * HOUR_MS }).map((agoMs) => NOON_MS - agoMs),
  steps: fc.array(arbitraryStep, { minLength: 1, maxLength: 6 }),
  provider: fc.constantFrom('Email OTP', 'Email OTP', 'Google', 'Facebook'),
  app: fc.integer({ min: 1, max: 3 }),
  who: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 40 })),
  hasId: fc.boolean(),
});

type MadeAttempt = typeof arbitraryAttempt extends fc.Arbitrary<infer Made> ? Made : never;

const queries = [
  '',
  'account:social',
  'provider:Google',
  'error:1003005',
  'outcome:failed',
  'stage:userCreation',
  '-extension:any',
  'lost:validate',
];

/** Everything up to now, with a time of its own for every event. */
function eventsOf(attempts: readonly MadeAttempt[]): readonly LogEvent[] {
  let n = 0;
  return attempts.flatMap(({ startMs, steps, provider, app, who, hasId }, index) => {
    let timeMs = startMs + index / 1000;
    return steps.flatMap(({ stage, code, pause }) => {
      n++;
      timeMs += pause;
      const row = {
        ...rowOf({ n, timeMs, correlation: index, stage, provider }),
        appId: guid(9_000 + app),
        correlationId: hasId ? guid(1_000_000 + index) : null,
        signUpIdentity:
          who === null
            ? null
            : { signUpIdentifier: who % 2 ? `P${who}@x.org` : ` p${who}@X.org`, signUpIdentifierType: 'emailAddress' },
        status: code === null ? null : { errorCode: code, failureReason: null, additionalDetails: null },
        createdDateTime: new Date(timeMs).toISOString(),
      };
      const parsed = parseEvent(row);
      return parsed.ok && parsed.event.timeMs <= NOON_MS ? [parsed.event] : [];
    });
  });
}

interface Asked {
  readonly filter: Filter;
  readonly range: { readonly fromMs: number; readonly toMs: number };
  readonly events: readonly LogEvent[];
  /** How much more is read than the ranges need. */
  readonly moreMs: number;
}

function onScreen({ filter, events }: Asked): ReturnType<typeof insightFigures> {
  let state: State = withEvents(signedInState({ filter }), events);
  const covered = { fromMs: NOON_MS - 6 * 24 * HOUR_MS, toMs: NOON_MS };
  state = told(pressed(state, 'i'), {
    type: 'page.received',
    settledBelowMs: 0,
    purpose: 'backfill',
    events: [],
    unreadable: [],
    covered,
  });
  state = settled(state);
  if (!state.insight) throw new Error('the screen is not open');
  return insightFigures(state, state.insight);
}

function inPrint({ filter, range, events, moreMs }: Asked) {
  const readFromMs = range.fromMs - (range.toMs - range.fromMs) - 2 * HOUR_MS - moreMs;
  const toMs = range.toMs + 2 * HOUR_MS + moreMs;
  const reading = {
    events: events.filter(({ timeMs }) => timeMs >= readFromMs && timeMs <= toMs),
    readFromMs,
    keptFromMs: null,
    isLimited: false,
    end: { kind: 'done' } as const,
    filter,
    appNames: new AppNames(),
    asked: range,
    nowMs: NOON_MS,
  };
  return statsPage({ by: null, compare: true, timeZone: 'UTC' }, attemptsRead(reading));
}

describe('the same range on the screen and in print', () => {
  it('has the same counts, people, comparisons, failures and statements', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryAttempt, { maxLength: 60 }),
        fc.integer({ min: 20, max: 12 * 60 }),
        fc.integer({ min: 0, max: 9 * 60 }),
        fc.constantFrom(...queries),
        fc.constantFrom(0, HOUR_MS, 20 * HOUR_MS),
        (attempts, lengthMinutes, agoMinutes, query, moreMs) => {
          const toMs = NOON_MS - agoMinutes * MINUTE_MS;
          const range = { fromMs: toMs - lengthMinutes * MINUTE_MS, toMs };
          const parsed = parseQuery(query, { nowMs: NOON_MS, timeZone: 'UTC' });
          if (!parsed.ok) throw new Error(query);
          const point = (atMs: number) => ({ text: new Date(atMs).toISOString(), atMs });
          const filter = { ...parsed.filter, since: point(range.fromMs), until: point(toMs) };
          const asked = { filter, range, events: eventsOf(attempts), moreMs };
          const screen = onScreen(asked);
          const { statistics, page } = inPrint(asked);
          expect(statistics).toMatchObject(screen.funnel);
          expect(statistics.byAccount).toEqual({ local: screen.local, social: screen.social });
          expect(statistics.compare?.before).toMatchObject(screen.before ?? { attempts: 'loaded' });
          expect(screen.page).toEqual(page);
          expect(statistics.people).toBe(page.people ?? statistics.people);
        },
      ),
      { numRuns: 200 },
    );
  });
});
