/** How many attempts have each value of a field, from their shapes: for the stepper while the rows are attempts. */
import type { FieldName } from '../filter/filter.ts';
import type { AttemptShape } from '../signup/attempt.ts';
import { outcomeOf } from '../signup/outcome.ts';
import type { CountedAttempts } from './followers.ts';
import type { FacetCount } from './log/facets.ts';
import type { State } from './state.ts';

/** The values that occur, in no special order. An attempt counts for each value that any of its events has. */
export function attemptFacets(
  { log, nowMs }: Pick<State, 'log' | 'nowMs'>,
  field: FieldName,
  { tally, attempts }: CountedAttempts,
): readonly FacetCount[] {
  const counts = new Map<string, number>();
  const add = (value: string, count: number) => counts.set(value, (counts.get(value) ?? 0) + count);
  for (const [shape, count] of tally.shapes) {
    for (const value of valuesOf(field, shape, log)) add(value, count);
  }
  if (field === 'outcome') {
    for (const _ of attempts.inProgress(nowMs)) {
      add('inProgress', 1);
      add('noFurtherEvent', -1);
    }
  }
  return [...counts].map(([value, count]) => ({ value, count })).filter(({ count }) => count > 0);
}

function valuesOf(field: FieldName, shape: AttemptShape, log: State['log']): readonly string[] {
  switch (field) {
    case 'outcome':
      return outcomesOf(shape);
    case 'stage':
      return shape.path.map(({ stage }) => stage).filter((stage) => stage !== '');
    case 'provider':
      return shape.provider === '' ? [] : [shape.provider];
    case 'account':
      return [shape.account];
    case 'app': {
      const name = log.appNames.nameOf(shape.appId);
      return name === null ? [] : [name];
    }
    case 'error':
      return shape.codes.map(String);
    default:
      return [];
  }
}

/** Of an open one: as if it were over; which ones are not is added by whoever knows the time. */
function outcomesOf({ end, lastErrorCode }: AttemptShape): readonly string[] {
  if (end === 'created') return ['created'];
  if (end === 'open') return ['noFurtherEvent'];
  return outcomeOf(lastErrorCode) === 'unknown' ? ['failed', 'unknown'] : ['failed'];
}
