import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSpan, covers, joinSpans, spansFrom } from '../../src/facts/coverage.ts';
import type { Span } from '../../src/facts/reading.ts';

const span = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
  .map(([fromMs, length]): Span => ({ fromMs, toMs: fromMs + length }));

const holds = (spans: readonly Span[], at: number) => spans.some(({ fromMs, toMs }) => fromMs <= at && at <= toMs);

describe('a list of spans', () => {
  it('holds every moment of what was added, and no other', () => {
    fc.assert(
      fc.property(fc.array(span), (added) => {
        const spans = added.reduce<readonly Span[]>(addSpan, []);
        for (let at = 0; at <= 80; at++) expect(holds(spans, at)).toBe(holds(added, at));
      }),
    );
  });

  it('is newest first, and its spans never touch', () => {
    fc.assert(
      fc.property(fc.array(span), fc.array(span), (a, b) => {
        const spans = joinSpans(a.reduce<readonly Span[]>(addSpan, []), b);
        for (const [index, { fromMs }] of spans.entries()) {
          const older = spans[index + 1];
          if (older) expect(older.toMs).toBeLessThan(fromMs);
        }
      }),
    );
  });

  it('keeps what comes from a moment on, when the rest is forgotten', () => {
    fc.assert(
      fc.property(fc.array(span), fc.integer({ min: 0, max: 80 }), (added, from) => {
        const spans = added.reduce<readonly Span[]>(addSpan, []);
        const left = spansFrom(spans, from);
        for (let at = 0; at <= 80; at++) expect(holds(left, at)).toBe(at >= from && holds(spans, at));
      }),
    );
  });

  it('covers a stretch only when it has all of it in one piece', () => {
    const spans = [
      { fromMs: 10, toMs: 20 },
      { fromMs: 0, toMs: 5 },
    ];
    expect(covers(spans, { fromMs: 12, toMs: 20 })).toBe(true);
    expect(covers(spans, { fromMs: 4, toMs: 11 })).toBe(false);
  });

  it('is not changed by a span that ends before it starts', () => {
    expect(addSpan([], { fromMs: 5, toMs: 4 })).toEqual([]);
  });
});
