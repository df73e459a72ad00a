/** What is still missing from a list of spans that were read. Pure; adding spans is `facts/coverage.ts`. */
import type { Span } from '../facts/reading.ts';

/** The stretches of `wanted` that none of the spans holds, newest first; their ends touch what is held. */
export function gapsIn(spans: readonly Span[], wanted: Span): readonly Span[] {
  const gaps: Span[] = [];
  let { toMs } = wanted;
  for (const span of [...spans].sort((a, b) => b.toMs - a.toMs)) {
    if (span.fromMs >= toMs) continue;
    if (span.toMs < toMs && toMs > wanted.fromMs) gaps.push({ fromMs: Math.max(span.toMs, wanted.fromMs), toMs });
    toMs = Math.min(toMs, span.fromMs);
  }
  if (toMs > wanted.fromMs) gaps.push({ fromMs: wanted.fromMs, toMs });
  return gaps;
}

/** The stretches of the first list that the second does not hold, newest first. */
export function subtractSpans(spans: readonly Span[], taken: readonly Span[]): readonly Span[] {
  return [...spans].sort((a, b) => b.toMs - a.toMs).flatMap((span) => gapsIn(taken, span));
}
