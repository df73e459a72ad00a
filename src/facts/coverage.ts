/** Which stretches of the log have been read: a list of spans, newest first, never touching each other. Pure. */
import type { Span } from './reading.ts';

/** Adds a span and joins it with those that it touches. A span that ends before it starts adds nothing. */
export function addSpan(spans: readonly Span[], span: Span): readonly Span[] {
  if (span.toMs < span.fromMs) return spans;
  let { fromMs, toMs } = span;
  const apart: Span[] = [];
  for (const other of spans) {
    if (other.toMs < fromMs || other.fromMs > toMs) apart.push(other);
    else {
      fromMs = Math.min(fromMs, other.fromMs);
      toMs = Math.max(toMs, other.toMs);
    }
  }
  return [...apart, { fromMs, toMs }].sort((a, b) => b.fromMs - a.fromMs);
}

/** What is left of the spans from `fromMs` on. */
export function spansFrom(spans: readonly Span[], fromMs: number): readonly Span[] {
  return spans.flatMap((span) => (span.toMs < fromMs ? [] : [{ ...span, fromMs: Math.max(span.fromMs, fromMs) }]));
}

/** Joins two lists of spans. */
export function joinSpans(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  return b.reduce(addSpan, a);
}

/** True when `wanted` lies wholly in one of the spans. */
export function covers(spans: readonly Span[], wanted: Span): boolean {
  return spans.some((span) => span.fromMs <= wanted.fromMs && span.toMs >= wanted.toMs);
}
