/** What reading a row of the other logs has in common: its id and time, and the parts that only sign-ups have. */
import type { AttributeName, Attributes, JsonObject, LogEvent, LogName } from '../signup/event.ts';
import { parseGraphTime } from '../signup/graph-time.ts';
import { isObject, textOf } from '../signup/json-values.ts';
import { type ParsedEvent, rawOf, withoutTime } from '../signup/parse-event.ts';

/** What only steps of a sign-up have. */
const noStep = { stage: '', provider: '', identifierType: null, listeners: [] } as const;

/** What each log finds in a row by itself. */
type OwnParts = Omit<LogEvent, 'log' | 'id' | 'timeMs' | 'raw' | keyof typeof noStep>;

/** Takes a row, the log, Graph's name of its time, and what reads the rest of a row that has an id and a time. */
export function parseRow(
  raw: unknown,
  log: LogName,
  timeField: string,
  readRest: (row: JsonObject) => OwnParts,
): ParsedEvent {
  if (!isObject(raw)) return { ok: false, reason: 'not an object' };
  const id = textOf(raw.id);
  if (id === null) return { ok: false, reason: 'no id' };
  const timeMs = parseGraphTime(raw[timeField]);
  if (timeMs === null) return { ok: false, reason: withoutTime(timeField, id) };
  return { ok: true, event: { ...noStep, ...readRest(raw), log, id, timeMs, ...rawOf(raw) } };
}

const madeUpName = /^[\da-f]{8}-?([\da-f]{4}-?){3}[\da-f]{12}@/i;

/**
 * What to call a person: the user principal name, which is what Graph filters by; but the display name where the other was made
 * up of an ID, as those of customers are. A text with an @ is always a user principal name.
 */
export function personName(userPrincipalName: unknown, displayName: unknown): string | null {
  const [principal, display] = [textOf(userPrincipalName), textOf(displayName)];
  if (principal === null) return display;
  return madeUpName.test(principal) && display !== null && !display.includes('@') ? display : principal;
}

/** The attributes that there are. */
export function attributesOf(told: { readonly [name in AttributeName]?: string | null }): Attributes {
  return Object.fromEntries(Object.entries(told).filter(([, text]) => text !== null));
}
