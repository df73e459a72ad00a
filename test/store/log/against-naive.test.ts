/** The event log, its matches, facets and search agree with the naive log whatever comes in whatever order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/store/log/event-log.ts';
import { facets } from '../../../src/store/log/facets.ts';
import { buildMatches, EventMatches } from '../../../src/store/log/matches.ts';
import { NaiveLog } from './naive-log.ts';
import { anyFilter, anyPages, fieldNames, plainPacker } from './sample-events.ts';

const anyMaxEvents = fc.constantFrom(0, 1, 7, 25, 1000);
const isRowField = (name: string) => ['user', 'userid', 'correlation', 'id', 'ip', 'target'].includes(name);

function idsOf(log: EventLog, positions: Iterable<number>): string[] {
  return Array.from(positions, (position) => log.id(position));
}

function ranked(list: { readonly size: number; at(rank: number): number }): number[] {
  return Array.from({ length: list.size }, (_, rank) => list.at(rank));
}

describe('the event log agrees with a naive one', () => {
  it('on what is held, in which order, and how it reads', () => {
    fc.assert(
      fc.property(anyMaxEvents, anyPages, (maxEvents, pages) => {
        const log = new EventLog({ maxEvents, packer: plainPacker });
        const naive = new NaiveLog(maxEvents);
        for (const page of pages) {
          const newestMs = naive.events.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY;
          const [change, expected] = [log.add(page), naive.add(page)];
          const late = change.added.filter((position) => log.timeMs(position) < newestMs).length;
          expect(idsOf(log, change.added)).toEqual(expected.added);
          expect(idsOf(log, change.removed)).toEqual(expected.removed);
          expect(change.removed.map((position) => log.positionOf(log.id(position)))).toEqual(
            change.removed.map(() => -1),
          );
          expect(change).toMatchObject({ duplicates: expected.duplicates, late });
          expect(log.droppedCount).toBe(naive.dropped);
          const positions = ranked(log.order);
          expect(positions.map((position) => log.read(position))).toEqual(naive.shown());
          expect(positions.map((position) => log.positionOf(log.id(position)))).toEqual(positions);
          expect(positions.map((position) => log.order.rankOf(position))).toEqual([...positions.keys()]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('on the events of each correlation ID', () => {
    fc.assert(
      fc.property(anyMaxEvents, anyPages, (maxEvents, pages) => {
        const log = new EventLog({ maxEvents, packer: plainPacker });
        const naive = new NaiveLog(maxEvents);
        for (const page of pages) {
          log.add(page);
          naive.add(page);
          for (const { correlationId } of page) {
            const expected = naive.events.filter((event) => event.correlationId === correlationId);
            expect(idsOf(log, log.ofCorrelation(correlationId))).toEqual(expected.map((event) => event.id));
          }
        }
      }),
    );
  });

  it('on the matches of a filter, followed or built anew, at once or in slices', () => {
    fc.assert(
      fc.property(anyMaxEvents, anyPages, anyFilter, fc.nat(9), (maxEvents, pages, filter, missed) => {
        const log = new EventLog({ maxEvents, packer: plainPacker });
        const naive = new NaiveLog(maxEvents);
        const following = buildMatches(log, filter);
        const sliced = new EventMatches(log, filter, 3);
        for (const [index, page] of pages.entries()) {
          const before = new Set(ranked(following).map((position) => log.id(position)));
          const change = log.add(page);
          naive.add(page);
          const expected = naive.matching(filter).map((event) => event.id);
          sliced.continueBuild(() => false);
          if (index === missed) continue;
          const fresh = idsOf(log, following.update());
          expect(idsOf(log, ranked(following))).toEqual(expected);
          if (index !== missed + 1) {
            const added = idsOf(log, change.added);
            expect(fresh).toEqual(expected.filter((id) => added.includes(id) && !before.has(id)));
          }
          expect(idsOf(log, ranked(buildMatches(log, filter)))).toEqual(expected);
          expect(ranked(following).map((position) => following.rankOf(position))).toEqual([...expected.keys()]);
        }
        while (!sliced.continueBuild(() => false));
        expect(idsOf(log, ranked(sliced))).toEqual(naive.matching(filter).map((event) => event.id));
      }),
      { numRuns: 1000 },
    );
  });

  it('on the counts of each value of each field', () => {
    fc.assert(
      fc.property(anyMaxEvents, anyPages, anyFilter, (maxEvents, pages, filter) => {
        const log = new EventLog({ maxEvents, packer: plainPacker });
        const naive = new NaiveLog(maxEvents);
        for (const page of pages) {
          log.add(page);
          naive.add(page);
          for (const field of fieldNames) {
            const counted = new Map(facets(log, filter, field).map(({ value, count }) => [value, count]));
            expect(counted).toEqual(isRowField(field) ? new Map() : naive.facets(filter, field));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
