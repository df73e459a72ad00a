/** Times of the log as the screen writes them now: in its zone, and with as much of the day as it takes to tell it. Pure. */
import { shownSpan } from '../store/shown-span.ts';
import { shownZone } from '../store/shown-zone.ts';
import type { State } from '../store/state.ts';
import { clockText, dayClockText, dayText } from './time-text.ts';

type Shown = Pick<State, 'clock' | 'settings' | 'filter' | 'nowMs'>;

/** `Mon 10:42:09`; with the date instead of the weekday where the range that is shown, or the time, reaches back too far. */
export function shownDayClock(state: Shown, timeMs: number): string {
  return dayClockText(timeMs, shownZone(state), { nowMs: state.nowMs, range: shownSpan(state) });
}

/** The same; without the day when that is today. */
export function shownWhen(state: Shown, timeMs: number): string {
  const zone = shownZone(state);
  const isToday = dayText(timeMs, zone) === dayText(state.nowMs, zone);
  return isToday ? clockText(timeMs, zone) : shownDayClock(state, timeMs);
}

/** `Mon 09:00:00 to 10:30:00`; with the day of the end where it is another. */
export function shownStretch(state: Shown, fromMs: number, toMs: number): string {
  const zone = shownZone(state);
  const isOneDay = dayText(fromMs, zone) === dayText(toMs, zone);
  return `${shownDayClock(state, fromMs)} to ${isOneDay ? clockText(toMs, zone) : shownDayClock(state, toMs)}`;
}
