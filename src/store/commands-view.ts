/** Back to the view of the first start. */
import { parseDuration } from '../filter/time-point.ts';
import { applyFilter } from './apply-filter.ts';
import { toggleUnit } from './commands-unit.ts';
import { noticed } from './notice.ts';
import type { State } from './state.ts';
import { follow } from './table-cursor.ts';
import { firstView } from './table-view.ts';

/** Conditions, range, columns, order and clock as they were when nothing had been changed yet. */
export function resetView(state: State): State {
  const { settings, nowMs, unit, shown } = state;
  const ofEvents = unit === 'attempts' ? toggleUnit(state) : state;
  const cleared: State = {
    ...ofEvents,
    view: firstView(settings.columns, shown),
    clock: 'zone',
    table: { ...ofEvents.table, columnOffset: 0 },
  };
  const since = { text: settings.firstRange, atMs: nowMs - (parseDuration(settings.firstRange) ?? 0) };
  const reset = follow(applyFilter(cleared, { terms: [], since, until: null }));
  return noticed(reset, 'The view is that of the first start; [ brings the filter back.');
}
