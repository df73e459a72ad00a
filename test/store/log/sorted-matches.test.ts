/** Rows in the order of a column agree with sorting an array, whatever comes in whatever order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causeOf } from '../../../src/signup/cause.ts';
import { explainCode, noErrorCode } from '../../../src/signup/codes.ts';
import type { LogEvent } from '../../../src/signup/event.ts';
import { outcomeOfEvent } from '../../../src/signup/outcome.ts';
import { stageOrder } from '../../../src/signup/stages.ts';
import { EventLog } from '../../../src/store/log/event-log.ts';
import type { Matches } from '../../../src/store/log/matches.ts';
import { matchesFor } from '../../../src/store/log/sorted-matches.ts';
import type { ColumnName, Sort } from '../../../src/store/table-view.ts';
import { NaiveLog } from './naive-log.ts';
import { anyFilter, anyPages, eventWith, guid, plainPacker, startMs } from './sample-events.ts';

const outcomes = ['failed', 'unknown', 'interrupted', 'succeeded'];
const hasCode = (event: LogEvent) => ![0, noErrorCode].includes(causeOf(event));

/** What stands in the column, to be compared; null for nothing. */
const values: { readonly [name in Exclude<ColumnName, 'time'>]: (event: LogEvent) => string | number | null } = {
  outcome: (event) => outcomes.indexOf(outcomeOfEvent(event)),
  stage: (event) => stageOrder(event.stage),
  provider: (event) => event.provider.toLowerCase() || null,
  app: (event) => (event.appName ?? event.appId).toLowerCase() || null,
  who: (event) => event.identifier?.toLowerCase() ?? null,
  code: (event) => (hasCode(event) ? causeOf(event) : null),
  meaning: (event) => (causeOf(event) === 0 ? null : explainCode(causeOf(event)).meaning.toLowerCase()),
  correlation: (event) => event.correlationId || null,
  by: (event) => event.identifier?.toLowerCase() ?? null,
  source: (event) => event.identifier?.toLowerCase() ?? null,
  target: (event) => event.counterpart?.toLowerCase() ?? null,
  ip: (event) => event.counterpart?.toLowerCase() ?? null,
  reason: (event) => event.failureReason?.toLowerCase() ?? null,
  activity: (event) => event.attributes.activity?.toLowerCase() ?? null,
  client: (event) => event.attributes.client?.toLowerCase() ?? null,
  country: (event) => event.attributes.country?.toLowerCase() ?? null,
  action: (event) => event.attributes.action?.toLowerCase() ?? null,
  system: (event) => event.attributes.system?.toLowerCase() ?? null,
};

const columns = ['time', ...Object.keys(values)].filter(
  (name): name is ColumnName => name === 'time' || name in values,
);
const anySort: fc.Arbitrary<Sort> = fc.record({ column: fc.constantFrom(...columns), ascending: fc.boolean() });

/** Ids from the top row to the last. */
function expectedIds(naive: NaiveLog, newestLast: readonly LogEvent[], { column, ascending }: Sort): string[] {
  const newest = [...newestLast].reverse();
  if (column === 'time') return (ascending ? newest.reverse() : newest).map(({ id }) => id);
  const shownIn = (event: LogEvent) => values[column]({ ...event, appName: naive.appNames.nameFor(event) });
  const compare = (a: LogEvent, b: LogEvent) => {
    const [left, right] = [shownIn(a), shownIn(b)];
    if (left === right) return 0;
    if (left === null || right === null) return left === null ? 1 : -1;
    return left < right === ascending ? -1 : 1;
  };
  return newest.sort(compare).map(({ id }) => id);
}

function idsFromTop(log: EventLog, matches: Matches): string[] {
  return Array.from({ length: matches.size }, (_, row) => log.id(matches.at(matches.size - 1 - row)));
}

const finish = (matches: Matches) => matches.continueBuild(() => true);

describe('rows in the order of a column', () => {
  it('stand where sorting puts them, followed or built anew, at once or in slices, whatever was dropped', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 7, 25, 1000),
        anyPages,
        anyFilter,
        anySort,
        fc.nat(9),
        (maxEvents, pages, filter, sort, missed) => {
          const log = new EventLog({ maxEvents, packer: plainPacker });
          const naive = new NaiveLog(maxEvents);
          const following = matchesFor(log, filter, sort);
          finish(following);
          const sliced = matchesFor(log, filter, sort);
          for (const [index, page] of pages.entries()) {
            log.add(page);
            naive.add(page);
            sliced.continueBuild(() => false);
            if (index === missed) continue;
            following.update(startMs);
            finish(following);
            const expected = expectedIds(naive, naive.matching(filter), sort);
            expect(idsFromTop(log, following)).toEqual(expected);
            const fresh = matchesFor(log, filter, sort);
            finish(fresh);
            expect(idsFromTop(log, fresh)).toEqual(expected);
          }
          finish(sliced);
          expect(idsFromTop(log, sliced)).toEqual(expectedIds(naive, naive.matching(filter), sort));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('are found by their event, and every other event is told the nearest of them', () => {
    fc.assert(
      fc.property(anyPages, anyFilter, anySort, (pages, filter, sort) => {
        const log = new EventLog({ maxEvents: 1000, packer: plainPacker });
        for (const page of pages) log.add(page);
        const [rows, all] = [matchesFor(log, filter, sort), matchesFor(log, { ...filter, terms: [] }, sort)];
        finish(rows);
        finish(all);
        for (let rank = 0; rank < rows.size; rank++) expect(rows.rankOf(rows.at(rank))).toBe(rank);
        for (let rank = 0; rank < all.size; rank++) {
          const position = all.at(rank);
          const nearest = rows.at(rows.nearest(position));
          if (rows.rankOf(position) >= 0) expect(nearest).toBe(position);
          else if (rows.size > 0) expect(Math.abs(rows.nearest(position))).toBeLessThan(rows.size);
          else expect(nearest).toBe(-1);
        }
      }),
    );
  });

  it('stay in order through thousands of events', () => {
    const log = new EventLog({ maxEvents: 4000, packer: plainPacker });
    const noFilter = { terms: [], since: null, until: null };
    const matches = matchesFor(log, noFilter, { column: 'correlation', ascending: true });
    finish(matches);
    for (let page = 0; page < 8; page++) {
      log.add(Array.from({ length: 900 }, (_, index) => eventNumber(page * 900 + index)));
      matches.update(startMs);
    }
    const shown = Array.from({ length: matches.size }, (_, row) =>
      log.correlationId(matches.at(matches.size - 1 - row)),
    );
    expect(shown).toHaveLength(4000);
    expect(shown).toEqual([...shown].sort());
  });
});

/** Times and correlation IDs that come in no order. */
function eventNumber(number: number): LogEvent {
  const mixed = (number * 7919) % 8192;
  return eventWith({
    id: guid(number),
    correlationId: `00000000-0000-4000-8000-${((mixed * 31) % 65_536).toString(16).padStart(12, '0')}`,
    timeMs: startMs + mixed,
  });
}
