import { describe, expect, it } from 'vitest';
import { rawPacker } from '../../../src/raw-packer.ts';
import type { LogEvent } from '../../../src/signup/event.ts';
import { EventLog } from '../../../src/store/log/event-log.ts';
import { facets } from '../../../src/store/log/facets.ts';
import { buildMatches, EventMatches } from '../../../src/store/log/matches.ts';
import { eventWith, guid, plainPacker, startMs } from './sample-events.ts';

function logOf(...events: readonly LogEvent[]): EventLog {
  const log = new EventLog({ maxEvents: 1000, packer: plainPacker });
  log.add(events);
  return log;
}

function ids(log: EventLog): string[] {
  return Array.from({ length: log.size }, (_, rank) => log.id(log.order.at(rank)));
}

/** Events a second apart, `from` being the number of the first. */
function eventsFrom(from: number, count: number): LogEvent[] {
  return Array.from({ length: count }, (_, index) =>
    eventWith({
      id: guid(from + index),
      timeMs: startMs + (from + index) * 1000,
      identifier: `p${from + index}@example.org`,
    }),
  );
}

describe('the event log', () => {
  it('orders events of one moment by their stages, then by id', () => {
    const stages = ['userCreation', 'somethingNew', 'credentialCollection', 'userCreation'];
    const log = logOf(...stages.map((stage, index) => eventWith({ id: `${9 - index}`, stage })));
    expect(ids(log)).toEqual(['7', '6', '9', '8']);
  });

  it('counts what it knows already, what is late and what there is no room for', () => {
    const log = new EventLog({ maxEvents: 4, packer: plainPacker });
    expect(log.add(eventsFrom(10, 3))).toMatchObject({ duplicates: 0, dropped: 0, late: 0, removed: [] });
    const second = log.add([...eventsFrom(11, 2), ...eventsFrom(13, 2), ...eventsFrom(5, 1)]);
    expect(second).toMatchObject({ duplicates: 2, dropped: 2, late: 0 });
    expect(ids(log)).toEqual([11, 12, 13, 14].map(guid));
    expect(second.removed.map((position) => log.id(position))).toEqual([guid(10)]);
    expect(log.droppedCount).toBe(2);
  });

  it('refuses what is older than everything while it is full, and changes nothing', () => {
    const log = new EventLog({ maxEvents: 3, packer: plainPacker });
    log.add(eventsFrom(10, 3));
    expect(log.add(eventsFrom(1, 2))).toMatchObject({ added: [], removed: [], dropped: 2, late: 0 });
    expect(ids(log)).toEqual([10, 11, 12].map(guid));
  });

  it('has a new version after each change, and only then', () => {
    const log = logOf(...eventsFrom(1, 2));
    expect(log.version).toBe(1);
    log.add(eventsFrom(1, 2));
    expect(log.version).toBe(1);
    log.add(eventsFrom(3, 1));
    expect(log.version).toBe(2);
  });

  it('keeps the first of two events with one id, but learns the name of the application from the second', () => {
    const first = eventWith({ id: guid(1), errorCode: 0 });
    const log = logOf(first);
    log.add([{ ...first, errorCode: 50181, appName: 'Storefront' }]);
    expect(log.read(log.positionOf(guid(1)))).toEqual({ ...first, appName: 'Storefront' });
    expect(log.version).toBe(2);
  });

  it('shows the name that a sibling told, and lets filters and counts know it', () => {
    const log = logOf(eventWith({ id: guid(1) }));
    const filter = {
      terms: [{ kind: 'field', field: 'app', values: [{ text: 'storefront', match: 'exact' }], negated: false }],
      since: null,
      until: null,
    } as const;
    const matches = buildMatches(log, filter);
    expect(matches.size).toBe(0);
    log.add([eventWith({ id: guid(2), timeMs: startMs + 1, appName: 'Storefront' })]);
    expect(matches.update()).toEqual([log.positionOf(guid(2))]);
    expect(matches.size).toBe(2);
    expect(facets(log, filter, 'app')).toEqual([{ value: 'Storefront', count: 2 }]);
    expect(log.appName(log.positionOf(guid(1)))).toBe('Storefront');
  });

  it('gives each column of an event without building it', () => {
    const event = eventWith({ id: guid(1), appName: 'Storefront', stage: 'userCreation', errorCode: 50181 });
    const log = logOf(event);
    const position = log.positionOf(event.id);
    expect({
      id: log.id(position),
      correlationId: log.correlationId(position),
      timeMs: log.timeMs(position),
      appName: log.appName(position),
      stage: log.stage(position),
      provider: log.provider(position),
      identifier: log.identifier(position),
      errorCode: log.errorCode(position),
    }).toEqual({
      id: event.id,
      correlationId: event.correlationId,
      timeMs: event.timeMs,
      appName: event.appName,
      stage: event.stage,
      provider: event.provider,
      identifier: event.identifier,
      errorCode: event.errorCode,
    });
    expect(log.outcome(position)).toBe('failed');
  });

  it('gives back the raw JSON as it came, through compressed blocks, fields in their order', () => {
    const log = new EventLog({ maxEvents: 5000, packer: rawPacker });
    const events = eventsFrom(0, 1000).map((event, index) => ({
      ...event,
      raw: {
        unknown: { b: [index, null], a: `\u2028 "${event.id}" \t ü 😀 \ud800` },
        ...event.raw,
        identifier: event.identifier,
      },
    }));
    log.add(events);
    for (const event of events) {
      expect(JSON.stringify(log.read(log.positionOf(event.id)).raw)).toBe(JSON.stringify(event.raw));
    }
  });

  it('does not mistake one combination of values for another', () => {
    const events = [
      eventWith({ id: '1', stage: 'x', provider: 'yz' }),
      eventWith({ id: '2', stage: 'xy', provider: 'z' }),
      eventWith({ id: '3', appName: 'null' }),
      eventWith({ id: '4', identifierType: null, appId: 'other' }),
      eventWith({ id: '5', identifier: '$& $1 $`', appId: 'other' }),
    ];
    const log = logOf(...events);
    const named = (event: LogEvent) => (event.appId === 'other' ? event : { ...event, appName: 'null' });
    expect(events.map((event) => log.read(log.positionOf(event.id)))).toEqual(events.map(named));
  });

  it('lets an event that was read keep its raw JSON when the event is dropped and its place taken', () => {
    const log = new EventLog({ maxEvents: 300, packer: rawPacker });
    const events = eventsFrom(0, 300);
    log.add(events);
    const read = log.read(log.positionOf(guid(0)));
    log.add(eventsFrom(1000, 300));
    log.add(eventsFrom(2000, 300));
    expect(log.positionOf(guid(0))).toBe(-1);
    expect(read).toEqual(events[0]);
  });

  it('stays as large as it is while events come and go', () => {
    const log = new EventLog({ maxEvents: 500, packer: rawPacker });
    for (let from = 0; from < 50_000; from += 250) log.add(eventsFrom(from, 250));
    expect(ids(log)).toEqual(eventsFrom(49_500, 500).map((event) => event.id));
    expect(ids(log).map((id) => log.read(log.positionOf(id)).raw)).toEqual(
      eventsFrom(49_500, 500).map(({ raw }) => raw),
    );
    // Two pages at most are on their way out.
    expect(log.rows.ids.store.codeEnd).toBeLessThanOrEqual(1000);
    expect(log.rows.texts.codeEnd).toBeLessThanOrEqual(1000);
    expect(log.rows.kinds.counts).toEqual([500]);
  });
});

describe('matches', () => {
  const failed = {
    terms: [{ kind: 'field', field: 'outcome', values: [{ text: 'failed', match: 'exact' }], negated: false }],
    since: null,
    until: null,
  } as const;

  it('are built newest first, and take in what comes meanwhile', () => {
    const log = logOf(...eventsFrom(0, 100).map((event) => ({ ...event, errorCode: 50181 })));
    const matches = new EventMatches(log, failed, 10);
    expect([matches.continueBuild(() => false), matches.size]).toEqual([false, 10]);
    log.add([
      eventWith({ id: 'newer', timeMs: startMs + 200_000, errorCode: 50181 }),
      eventWith({ id: 'older', timeMs: startMs + 500, errorCode: 50181 }),
      eventWith({ id: 'fine', timeMs: startMs + 300_000 }),
    ]);
    expect(matches.update().map((position) => log.id(position))).toEqual(['newer']);
    expect([matches.isComplete, matches.size]).toEqual([false, 11]);
    let looks = 0;
    expect(matches.continueBuild(() => ++looks < 100)).toBe(true);
    expect([matches.isComplete, matches.size, looks]).toEqual([true, 102, 9]);
  });

  it('know where an event that is none would stand', () => {
    const codes = [50181, 0, 50181, 0];
    const log = logOf(...eventsFrom(0, 4).map((event, index) => ({ ...event, errorCode: codes[index] ?? 0 })));
    const matches = buildMatches(log, failed);
    const positions = [0, 1, 2, 3].map((number) => log.positionOf(guid(number)));
    expect(positions.map((position) => matches.rankOf(position))).toEqual([0, -1, 1, -1]);
    expect(positions.map((position) => matches.nearest(position))).toEqual([0, 1, 1, 1]);
    expect(buildMatches(logOf(), failed).nearest(0)).toBe(-1);
  });
});

describe('what is remembered between two looks', () => {
  const textFilter = (text: string) =>
    ({ terms: [{ kind: 'text', text, negated: false }], since: null, until: null }) as const;
  const count = (log: EventLog, text: string) => facets(log, textFilter(text), 'account').map((facet) => facet.count);

  it('is void when a text makes room for another one', () => {
    const log = new EventLog({ maxEvents: 1, packer: plainPacker });
    const matches = buildMatches(log, textFilter('ann@'));
    for (const [number, name] of ['ann', 'bob', 'cleo', 'ann', 'bob', 'ann', 'cleo'].entries()) {
      log.add([eventWith({ id: guid(number), timeMs: startMs + number, identifier: `${name}@example.org` })]);
      matches.update();
      expect([number, matches.size]).toEqual([number, name === 'ann' ? 1 : 0]);
    }
  });

  it('still knows what was removed after a page that changed nothing', () => {
    const log = new EventLog({ maxEvents: 2, packer: plainPacker });
    const odd = eventWith({ id: 'odd', timeMs: startMs - 1 });
    log.add([odd, ...eventsFrom(0, 1)]);
    expect(count(log, 'odd')).toEqual([1]);
    log.add(eventsFrom(1, 1));
    log.add(eventsFrom(1, 1));
    expect(count(log, 'odd')).toEqual([]);
    expect(log.add([odd])).toMatchObject({ added: [], dropped: 1, duplicates: 0 });
    expect(log.positionOf('odd')).toBe(-1);
  });

  it('is counted anew when a name was learned, when changes were missed, and for another filter', () => {
    const log = logOf(...eventsFrom(0, 3));
    expect(count(log, 'storefront')).toEqual([]);
    log.add([{ ...eventWith({ id: guid(7) }), appName: 'Storefront' }]);
    expect(count(log, 'storefront')).toEqual([4]);
    log.add(eventsFrom(20, 1));
    log.add(eventsFrom(30, 1));
    expect(count(log, 'storefront')).toEqual([6]);
    expect(count(log, 'p30@')).toEqual([1]);
    expect(count(log, 'storefront')).toEqual([6]);
  });
});
