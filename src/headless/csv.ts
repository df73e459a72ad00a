/**
 * `csv`: RFC 4180, a header line, one column per known field. What could be obeyed, by a terminal or as a formula by a
 * spreadsheet, is made harmless. Pure.
 */
import { noErrorCode } from '../signup/codes.ts';
import type { JsonObject, LogEvent } from '../signup/event.ts';
import { outcomeOf } from '../signup/outcome.ts';
import { visibleText } from '../signup/visible-text.ts';
import type { Format } from './format.ts';
import { safeJson } from './json.ts';

interface Column {
  readonly name: string;
  value(event: LogEvent): string | number | null;
}

const columns: readonly Column[] = [
  { name: 'createdDateTime', value: ({ raw }) => (typeof raw.createdDateTime === 'string' ? raw.createdDateTime : '') },
  { name: 'outcome', value: ({ errorCode }) => outcomeOf(errorCode) },
  { name: 'signUpStage', value: ({ stage }) => stage },
  { name: 'signUpIdentityProvider', value: ({ provider }) => provider },
  { name: 'appDisplayName', value: ({ appName }) => appName },
  { name: 'appId', value: ({ appId }) => appId },
  { name: 'signUpIdentifier', value: ({ identifier }) => identifier },
  { name: 'signUpIdentifierType', value: ({ identifierType }) => identifierType },
  { name: 'errorCode', value: ({ errorCode }) => (errorCode === noErrorCode ? null : errorCode) },
  { name: 'failureReason', value: ({ failureReason }) => failureReason },
  { name: 'additionalDetails', value: ({ additionalDetails }) => additionalDetails },
  { name: 'userId', value: ({ userId }) => userId },
  { name: 'correlationId', value: ({ correlationId }) => correlationId },
  { name: 'id', value: ({ id }) => id },
  { name: 'extensions', value: ({ raw }) => safeJson(raw.appliedEventListeners ?? []) },
  { name: 'unknownFields', value: ({ raw }) => unknownFields(raw) },
];

/** Fields of Graph's object that have a column of their own. */
const knownFields: ReadonlySet<string> = new Set([
  'createdDateTime',
  'signUpStage',
  'signUpIdentityProvider',
  'signUpIdentity',
  'appDisplayName',
  'appId',
  'status',
  'userId',
  'userSnapshot',
  'correlationId',
  'id',
  'appliedEventListeners',
]);

export function csvFormat(): Format {
  return {
    start: () => row(columns.map(({ name }) => name)),
    events: (batch) => batch.map((event) => row(columns.map(({ value }) => value(event)))).join(''),
    end: () => '',
  };
}

function row(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

/** Text becomes visible and no formula; a number stays a number, whatever its sign. */
function cellText(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = defused(visibleText(cell));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An apostrophe before what a spreadsheet would run; full-width signs count too. https://owasp.org/www-community/attacks/CSV_Injection */
function defused(text: string): string {
  return /^\s*[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text;
}

/** JSON of the fields that have no column, or nothing when there are none. */
function unknownFields(raw: JsonObject): string {
  const unknown = Object.entries(raw).filter(([name]) => !knownFields.has(name));
  return unknown.length === 0 ? '' : safeJson(Object.fromEntries(unknown));
}
