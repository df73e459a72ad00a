/**
 * The order of events by a column of the table: what stands in the column decides, and among equals the newest event is on
 * top. Events that have nothing there stand below all others, in both directions.
 */
import { explainCode, noErrorCode } from '../../signup/codes.ts';
import type { EventOutcome } from '../../signup/outcome.ts';
import type { ColumnName, Sort } from '../table-view.ts';
import type { EventLog } from './event-log.ts';
import type { Kind } from './kinds.ts';
import type { ComparePositions } from './sorted-positions.ts';
import { MOST_COMPARED } from './text-table.ts';

/** What is wrong comes first. */
const outcomeOrder: readonly EventOutcome[] = ['failed', 'unknown', 'interrupted', 'succeeded'];

/** Orders from the bottom row of the table to its top row. */
export function columnOrder(log: EventLog, sort: Sort): ComparePositions {
  const byValue = valueOrder(log, sort.column);
  const sign = sort.ascending ? -1 : 1;
  return (a, b) => byValue(a, b, sign) || log.compare(a, b);
}

/** Compares values; `sign` turns the order of the events that have one. */
type CompareValues = (a: number, b: number, sign: 1 | -1) => number;

function valueOrder(log: EventLog, column: ColumnName): CompareValues {
  const { rows } = log;
  const { kinds } = rows;
  switch (column) {
    case 'time':
      return (a, b, sign) => sign * log.compare(a, b);
    case 'who':
    case 'by':
    case 'source':
      return byCode(
        (position) => rows.identifierCode(position),
        (a, b) => rows.texts.compare(a, b),
      );
    case 'target':
    case 'ip':
      return byCode(
        (position) => rows.counterpartCode(position),
        (a, b) => rows.texts.compare(a, b),
      );
    case 'reason':
      return byCode(
        (position) => rows.failureReasonCode(position),
        (a, b) => rows.texts.compare(a, b),
      );
    case 'activity':
    case 'client':
    case 'country':
    case 'action':
    case 'system':
      return byNumber(textRanks(log, ({ sample }) => sample.attributes[column] ?? ''));
    case 'correlation': {
      const { store } = rows.chains.ids;
      return byCode(
        (position) => {
          const code = rows.chains.codeOf(position);
          return store.oddText(code) === '' ? -1 : code;
        },
        (a, b) => store.compare(a, b),
      );
    }
    case 'outcome':
      return byNumber((position) => outcomeOrder.indexOf(kinds.at(rows.kindCode(position)).outcome));
    case 'stage':
      return byNumber((position) => kinds.at(rows.kindCode(position)).stageOrder);
    case 'code':
      return byNumber((position) => {
        const { cause } = kinds.at(rows.kindCode(position));
        return cause === 0 || cause === noErrorCode ? -1 : cause;
      });
    case 'provider':
      return byNumber(textRanks(log, ({ sample }) => sample.provider));
    case 'app':
      return byNumber(textRanks(log, ({ sample }) => log.appNames.nameFor(sample) ?? sample.appId));
    case 'meaning':
      return byNumber(textRanks(log, ({ cause }) => (cause === 0 ? '' : explainCode(cause).meaning)));
  }
}

/** By a number of the event, -1 for none. */
function byNumber(numberOf: (position: number) => number): CompareValues {
  return (a, b, sign) => {
    const [left, right] = [numberOf(a), numberOf(b)];
    if (left === right) return 0;
    if (left < 0 || right < 0) return left - right;
    return sign * (left - right);
  };
}

/** By what a code stands for, -1 for none. */
function byCode(codeOf: (position: number) => number, compare: ComparePositions): CompareValues {
  return (a, b, sign) => {
    const [left, right] = [codeOf(a), codeOf(b)];
    if (left === right) return 0;
    if (left < 0 || right < 0) return left - right;
    return sign * compare(left, right);
  };
}

/**
 * The place of an event's text among all texts of its kind of value, ignoring case; -1 for an empty one. A new kind can move
 * the places, but never changes which of two comes first; another name of an application can.
 */
function textRanks(log: EventLog, textOf: (kind: Kind) => string): (position: number) => number {
  const { kinds } = log.rows;
  let ranks: readonly number[] = [];
  let namesVersion = log.namesVersion;
  return (position) => {
    const kindCode = log.rows.kindCode(position);
    if (kindCode >= ranks.length || namesVersion !== log.namesVersion) {
      namesVersion = log.namesVersion;
      const texts = kinds.counts.map((_, code) => textOf(kinds.at(code)).slice(0, MOST_COMPARED).toLowerCase());
      const distinct = [...new Set(texts)].filter((text) => text !== '').sort();
      const places = new Map(distinct.map((text, place) => [text, place]));
      ranks = texts.map((text) => places.get(text) ?? -1);
    }
    return ranks[kindCode] ?? -1;
  };
}
