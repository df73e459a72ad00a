/**
 * The parts of an event that are read rarely (the JSON exactly as Graph sent it, and the calls of listeners) as a line of
 * text and back. It leaves out what the columns hold anyway: ids, identifier and time, which are most of what does not
 * compress. It must give back every other value as it was, and all fields in their order.
 */
import type { AppliedListener, JsonObject, LogEvent } from '../../signup/event.ts';

export interface RareParts {
  readonly raw: JsonObject;
  readonly listeners: readonly AppliedListener[];
}

/** What the columns hold. */
type Held = Pick<LogEvent, 'id' | 'correlationId' | 'userId' | 'identifier' | 'timeMs'>;

/** Stands in Graph's fields for the value that the column holds. The line begins with the sum of those that are left out. */
const LEFT_OUT = 0;
const ID = 1;
const CORRELATION_ID = 2;
const TIME = 4;
const USER_ID = 8;
const IDENTIFIER = 16;

/** A line without line breaks. */
export function rareLine(event: Held & RareParts): string {
  const { raw, listeners } = event;
  const { id, correlationId, createdDateTime, userId, signUpIdentity } = raw;
  let leftOut = 0;
  if (id === event.id) leftOut += ID;
  if (correlationId === event.correlationId) leftOut += CORRELATION_ID;
  if (createdDateTime === graphTime(event.timeMs)) leftOut += TIME;
  if (userId === event.userId) leftOut += USER_ID;
  if (objectOf(signUpIdentity).signUpIdentifier === event.identifier) leftOut += IDENTIFIER;
  const json = JSON.stringify(withFields(raw, leftOut, nothingHeld));
  return `${leftOut}\t${json}${listeners.length === 0 ? '' : `\t${JSON.stringify(listeners)}`}`;
}

/** Takes a line and the same values as when it was made. */
export function rareParts(line: string, held: Held): RareParts {
  // JSON has no bare tabs.
  const [leftOut, raw = '', listeners = '[]'] = line.split('\t');
  const values = { ...held, time: graphTime(held.timeMs) };
  return { raw: withFields(JSON.parse(raw), Number(leftOut), values), listeners: JSON.parse(listeners) };
}

interface Values {
  readonly id: unknown;
  readonly correlationId: unknown;
  readonly time: unknown;
  readonly userId: unknown;
  readonly identifier: unknown;
}

const nothingHeld: Values = {
  id: LEFT_OUT,
  correlationId: LEFT_OUT,
  time: LEFT_OUT,
  userId: LEFT_OUT,
  identifier: LEFT_OUT,
};

/** The object with other values in the fields of `which`, all of which it has; so they keep their places. */
function withFields(raw: JsonObject, which: number, values: Values): JsonObject {
  const changed: { [field: string]: unknown } = { ...raw };
  if ((which & ID) !== 0) changed.id = values.id;
  if ((which & CORRELATION_ID) !== 0) changed.correlationId = values.correlationId;
  if ((which & TIME) !== 0) changed.createdDateTime = values.time;
  if ((which & USER_ID) !== 0) changed.userId = values.userId;
  if ((which & IDENTIFIER) !== 0) {
    changed.signUpIdentity = { ...objectOf(raw.signUpIdentity), signUpIdentifier: values.identifier };
  }
  return changed;
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MINUTE_MS = 60_000;

/** The last minute that was written: events come minute by minute, and dates are slow to write. */
let lastMinute = { minute: Number.NaN, text: '' };

/** A time as Graph usually writes it, with six digits. One that is written otherwise is not left out. */
function graphTime(timeMs: number): string {
  const minute = Math.floor(timeMs / MINUTE_MS);
  if (minute !== lastMinute.minute) {
    lastMinute = { minute, text: new Date(minute * MINUTE_MS).toISOString().slice(0, -7) };
  }
  const micros = Math.round((timeMs - minute * MINUTE_MS) * 1000);
  // Eight digits, the leading zeros included: seconds and their fraction.
  const digits = String(100_000_000 + micros);
  return `${lastMinute.text}${digits.slice(1, 3)}.${digits.slice(3)}Z`;
}
