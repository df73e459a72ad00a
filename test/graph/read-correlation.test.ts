import { beforeAll, describe, expect, test } from 'vitest';
import type { ReadingFact } from '../../src/facts/reading.ts';
import { createLogClock } from '../../src/graph/log-clock.ts';
import { readCorrelation } from '../../src/graph/read-correlation.ts';
import { guid, NOON_MS } from '../support/events.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { FakeGraph } from './fake-graph.ts';
import { clientOf, HOUR_MS } from './run-feed.ts';

beforeAll(async () => {
  await import('@microsoft/microsoft-graph-client');
});

describe('the events of one correlation ID', () => {
  test('are asked for by it, within the span, page by page, once', async () => {
    const clock = new ManualClock(NOON_MS);
    const graph = new FakeGraph(clock);
    graph.rows = Array.from({ length: 130 }, (_, index) => ({ n: index, timeMs: NOON_MS - HOUR_MS + index * 1000 }));
    const span = { fromMs: NOON_MS - 2 * HOUR_MS, toMs: NOON_MS - HOUR_MS / 2 };
    const deps = {
      client: clientOf(graph, clock),
      clock,
      logClock: createLogClock(clock),
      random: () => 0,
      signal: new AbortController().signal,
    };
    const facts: ReadingFact[] = [];
    for await (const fact of readCorrelation({ log: 'signUps', correlationId: guid(7), span }, deps)) facts.push(fact);
    expect(facts.map(({ type }) => type)).toEqual(['page.received', 'page.received', 'range.completed']);
    expect(graph.asked[0]).toMatchObject(span);
    expect(graph.asked[0]?.filter).toContain(`and correlationId eq '${guid(7)}'`);
  });
});
