/** What is said when this computer's clock, or Graph's, turns out to be wrong. Pure. */
import type { ReadingFact } from './reading.ts';

/** One or two sentences, e.g. `This computer's clock is 3 h ahead of Graph's; using Graph's.` */
export function clockWords({ computerAheadMs, source }: Extract<ReadingFact, { type: 'clock.corrected' }>): string {
  const how = `${lengthText(Math.abs(computerAheadMs))} ${computerAheadMs > 0 ? 'ahead of' : 'behind'}`;
  return source === 'graph'
    ? `This computer's clock is ${how} Graph's; using Graph's.`
    : "Graph's clock contradicts the events that it shows; using this computer's clock.";
}

function lengthText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  return [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : ''].filter(Boolean).join(' ');
}
