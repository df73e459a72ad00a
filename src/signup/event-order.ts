/** The order of events: of time; events of one moment by their stages, then by id. */
import type { LogEvent } from './event.ts';
import { stageOrder } from './stages.ts';

export type OrderKey = Pick<LogEvent, 'timeMs' | 'stage' | 'id'>;

/** Less than 0 when `a` comes before `b`. */
export function compareEvents(a: OrderKey, b: OrderKey): number {
  return a.timeMs - b.timeMs || stageOrder(a.stage) - stageOrder(b.stage) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
