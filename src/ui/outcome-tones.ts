/** Outcomes in the tones of the screen. */
import type { EventOutcome } from '../signup/outcome.ts';
import type { Tone } from './line.ts';

const tones: { readonly [outcome in EventOutcome]: Tone } = {
  succeeded: 'good',
  interrupted: 'dim',
  failed: 'bad',
  unknown: 'warn',
};

export function outcomeTone(outcome: EventOutcome): Tone {
  return tones[outcome];
}
