import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSpan } from '../../src/facts/coverage.ts';
import type { Span } from '../../src/facts/reading.ts';
import { gapsIn, subtractSpans } from '../../src/graph/gaps.ts';

const span = (fromMs: number, toMs: number): Span => ({ fromMs, toMs });
const anySpan = fc.tuple(fc.nat(60), fc.nat(20)).map(([fromMs, lengthMs]) => span(fromMs, fromMs + lengthMs));
/** Halfway between two whole numbers, where no end of a span lies. */
const middles = Array.from({ length: 90 }, (_, index) => index + 0.5);
const holds = (spans: readonly Span[], ms: number) => spans.some(({ fromMs, toMs }) => fromMs <= ms && ms <= toMs);

describe('gaps', () => {
  test.each([
    ['nothing was read', [], [span(0, 100)]],
    ['everything was read', [span(0, 100)], []],
    ['more than everything was read', [span(-5, 105)], []],
    ['the end is missing', [span(0, 40)], [span(40, 100)]],
    ['the start is missing', [span(40, 100)], [span(0, 40)]],
    ['a hole in the middle and both ends', [span(20, 30), span(60, 70)], [span(70, 100), span(30, 60), span(0, 20)]],
    ['a moment was read', [span(50, 50)], [span(50, 100), span(0, 50)]],
    ['something else was read', [span(200, 300)], [span(0, 100)]],
  ])('%s', (_, spans, expected) => {
    expect(gapsIn(spans, span(0, 100))).toEqual(expected);
  });

  test('spans and their gaps together are exactly what is wanted, whatever was added in which order', () => {
    fc.assert(
      fc.property(fc.array(anySpan, { maxLength: 12 }), anySpan, (added, wanted) => {
        const spans = added.reduce<readonly Span[]>(addSpan, []);
        const gaps = gapsIn(spans, wanted);
        for (const ms of middles) expect(holds(gaps, ms)).toBe(holds([wanted], ms) && !holds(added, ms));
        expect(gaps).toEqual(gaps.toSorted((a, b) => b.fromMs - a.fromMs));
        expect(gapsIn(gaps.reduce(addSpan, spans), wanted)).toEqual([]);
      }),
    );
  });

  test('a list less another holds what only the first holds', () => {
    fc.assert(
      fc.property(fc.array(anySpan, { maxLength: 8 }), fc.array(anySpan, { maxLength: 8 }), (a, b) => {
        const left = subtractSpans(a.reduce<readonly Span[]>(addSpan, []), b);
        for (const ms of middles) expect(holds(left, ms)).toBe(holds(a, ms) && !holds(b, ms));
      }),
    );
  });
});
