/** The zone that times are shown in now. */
import type { State } from './state.ts';

/** IANA name. */
export function shownZone({ clock, settings }: Pick<State, 'clock' | 'settings'>): string {
  return clock === 'utc' ? 'UTC' : settings.timeZone;
}
