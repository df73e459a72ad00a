/**
 * `csv`: RFC 4180, a header line, one column per known field of the log. What could be obeyed, by a terminal or as a formula by a
 * spreadsheet, is made harmless. Pure.
 */
import { causeOf } from '../signup/cause.ts';
import { noErrorCode } from '../signup/codes.ts';
import type { AttributeName, JsonObject, LogEvent, LogName } from '../signup/event.ts';
import { defused, defusedJson } from '../signup/formula.ts';
import { textOf } from '../signup/json-values.ts';
import { outcomeOfEvent } from '../signup/outcome.ts';
import { visibleText } from '../signup/visible-text.ts';
import type { Format } from './format.ts';
import { safeJson } from './json.ts';

/** The columns of a log, and the fields of Graph's object that they hold. */
interface Sheet {
  readonly columns: readonly Column[];
  readonly knownFields: ReadonlySet<string>;
}

interface Column {
  readonly name: string;
  value(event: LogEvent): string | number | null;
}

const outcome: Column = { name: 'outcome', value: outcomeOfEvent };

const signUpColumns: readonly Column[] = [
  rawText('createdDateTime'),
  outcome,
  { name: 'signUpStage', value: ({ stage }) => stage },
  { name: 'signUpIdentityProvider', value: ({ provider }) => provider },
  { name: 'appDisplayName', value: ({ appName }) => appName },
  { name: 'appId', value: ({ appId }) => appId },
  { name: 'signUpIdentifier', value: ({ identifier }) => identifier },
  { name: 'signUpIdentifierType', value: ({ identifierType }) => identifierType },
  { name: 'errorCode', value: ({ errorCode }) => codeCell(errorCode) },
  { name: 'failureReason', value: ({ failureReason }) => failureReason },
  { name: 'additionalDetails', value: ({ additionalDetails }) => additionalDetails },
  { name: 'userId', value: ({ userId }) => userId },
  { name: 'correlationId', value: ({ correlationId }) => correlationId },
  { name: 'id', value: ({ id }) => id },
  { name: 'extensions', value: ({ raw }) => jsonCell(raw.appliedEventListeners ?? []) },
  { name: 'cause', value: (event) => codeCell(causeOf(event)) },
];

const signUpFields: ReadonlySet<string> = new Set([
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

const signInSheet: Sheet = {
  columns: [
    rawText('createdDateTime'),
    outcome,
    { name: 'userPrincipalName', value: ({ identifier }) => identifier },
    { name: 'userId', value: ({ userId }) => userId },
    { name: 'appDisplayName', value: ({ appName }) => appName },
    { name: 'appId', value: ({ appId }) => appId },
    attribute('resourceDisplayName', 'resource'),
    { name: 'ipAddress', value: ({ counterpart }) => counterpart },
    attribute('countryOrRegion', 'country'),
    attribute('clientAppUsed', 'client'),
    attribute('operatingSystem', 'os'),
    attribute('browser', 'browser'),
    attribute('conditionalAccessStatus', 'policies'),
    { name: 'errorCode', value: ({ errorCode }) => codeCell(errorCode) },
    { name: 'failureReason', value: ({ failureReason }) => failureReason },
    { name: 'additionalDetails', value: ({ additionalDetails }) => additionalDetails },
    { name: 'correlationId', value: ({ correlationId }) => correlationId },
    { name: 'id', value: ({ id }) => id },
    asJson('location'),
    asJson('deviceDetail'),
  ],
  knownFields: new Set([
    'createdDateTime',
    'userPrincipalName',
    'userId',
    'appDisplayName',
    'appId',
    'resourceDisplayName',
    'ipAddress',
    'clientAppUsed',
    'conditionalAccessStatus',
    'status',
    'correlationId',
    'id',
    'location',
    'deviceDetail',
  ]),
};

const auditSheet: Sheet = {
  columns: [
    rawText('activityDateTime'),
    outcome,
    { name: 'result', value: ({ result }) => result },
    { name: 'resultReason', value: ({ failureReason }) => failureReason },
    attribute('activityDisplayName', 'activity'),
    attribute('category', 'category'),
    attribute('loggedByService', 'service'),
    attribute('operationType', 'operation'),
    { name: 'initiatedByName', value: ({ identifier }) => identifier },
    { name: 'targetNames', value: ({ counterpart }) => counterpart },
    { name: 'correlationId', value: ({ correlationId }) => correlationId },
    { name: 'id', value: ({ id }) => id },
    asJson('initiatedBy'),
    asJson('targetResources'),
    asJson('additionalDetails'),
  ],
  knownFields: new Set([
    'activityDateTime',
    'result',
    'resultReason',
    'activityDisplayName',
    'category',
    'loggedByService',
    'operationType',
    'correlationId',
    'id',
    'initiatedBy',
    'targetResources',
    'additionalDetails',
  ]),
};

const provisioningSheet: Sheet = {
  columns: [
    rawText('activityDateTime'),
    outcome,
    { name: 'status', value: ({ result }) => result },
    attribute('provisioningAction', 'action'),
    { name: 'sourceName', value: ({ identifier }) => identifier },
    { name: 'sourceId', value: ({ userId }) => userId },
    attribute('sourceSystem', 'source'),
    { name: 'targetName', value: ({ counterpart }) => counterpart },
    attribute('targetSystem', 'system'),
    { name: 'servicePrincipal', value: ({ appName }) => appName },
    { name: 'servicePrincipalId', value: ({ appId }) => appId },
    attribute('errorCode', 'problem'),
    { name: 'reason', value: ({ failureReason }) => failureReason },
    { name: 'id', value: ({ id }) => id },
    asJson('provisioningStatusInfo'),
    asJson('sourceIdentity'),
    asJson('targetIdentity'),
    asJson('modifiedProperties'),
  ],
  knownFields: new Set([
    'activityDateTime',
    'provisioningAction',
    'servicePrincipal',
    'id',
    'provisioningStatusInfo',
    'sourceIdentity',
    'targetIdentity',
    'modifiedProperties',
  ]),
};

const sheets: { readonly [log in LogName]: Sheet } = {
  signUps: { columns: signUpColumns, knownFields: signUpFields },
  signIns: signInSheet,
  audits: auditSheet,
  provisioning: provisioningSheet,
};

export function csvFormat(log: LogName = 'signUps'): Format {
  const { columns, knownFields } = sheets[log];
  return {
    start: () => csvRow([...columns.map(({ name }) => name), 'unknownFields']),
    events: (batch) =>
      batch
        .map((event) => csvRow([...columns.map(({ value }) => value(event)), unknownFields(event.raw, knownFields)]))
        .join(''),
    end: () => '',
  };
}

function codeCell(code: number): number | null {
  return code === noErrorCode ? null : code;
}

/** A time in Graph's own words. */
function rawText(name: string): Column {
  return { name, value: ({ raw }) => textOf(raw[name]) };
}

function attribute(name: string, of: AttributeName): Column {
  return { name, value: ({ attributes }) => attributes[of] ?? null };
}

/** What has parts of its own. */
function asJson(name: string): Column {
  return {
    name,
    value: ({ raw }) => {
      const value = raw[name];
      return value === undefined ? null : jsonCell(value);
    },
  };
}

/** One line of cells. */
export function csvRow(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

/** Text becomes visible and no formula; a number stays a number, whatever its sign. */
function cellText(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = defused(visibleText(cell));
  return /[",;|\t\r\n]|^'/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A value with parts of its own as the JSON that stands in a cell. */
export function jsonCell(value: unknown): string {
  return defusedJson(safeJson(value));
}

/** JSON of the fields that have no column, or nothing when there are none. */
function unknownFields(raw: JsonObject, knownFields: ReadonlySet<string>): string {
  const unknown = Object.entries(raw).filter(([name]) => !knownFields.has(name));
  return unknown.length === 0 ? '' : jsonCell(Object.fromEntries(unknown));
}
