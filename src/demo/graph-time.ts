/** Times as the demo tenant's Graph writes them. */
import { US_PER_MS } from './attempt.ts';

/** Microseconds since the epoch: UTC with six fractional digits. */
export function graphTime(timeUs: number): string {
  const wholeMs = Math.floor(timeUs / US_PER_MS);
  const microseconds = String(timeUs - wholeMs * US_PER_MS).padStart(3, '0');
  return `${new Date(wholeMs).toISOString().slice(0, -1)}${microseconds}Z`;
}
