/**
 * The parts of an event that are read rarely (the JSON exactly as Graph sent it, and the calls of listeners) as a line of
 * text and back. It leaves out what the columns hold anyway: ids, identifier and time, which are most of what does not
 * compress. A bare control character marks each hole; JSON has none, so filling gives back exactly the same text.
 */
import type { AppliedListener, JsonObject, SignUpEvent } from '../../signup/event.ts';

export interface RareParts {
  readonly raw: JsonObject;
  readonly listeners: readonly AppliedListener[];
}

/** What the columns hold. */
type Held = Pick<SignUpEvent, 'id' | 'correlationId' | 'userId' | 'identifier' | 'timeMs'>;

const MARKS = ['\x01', '\x02', '\x03', '\x04', '\x05'];

/** A line without line breaks. */
export function rareLine(event: Held & RareParts): string {
  const json = JSON.stringify(event.raw);
  const values = holeValues(event);
  let line = '';
  let done = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (!value) continue;
    // From there on only: Graph's fields come in this order, and what is not found just stays.
    const at = json.indexOf(value, done);
    if (at < 0) continue;
    line += json.slice(done, at) + MARKS[index];
    done = at + value.length;
  }
  line += json.slice(done);
  return event.listeners.length === 0 ? line : `${line}\t${JSON.stringify(event.listeners)}`;
}

/** Takes a line and the same values as when it was made. */
export function rareParts(line: string, held: Held): RareParts {
  // What is filled in has no bare control characters either, so no mark is found in it.
  const filled = holeValues(held).reduce((text, value, index) => text.replace(MARKS[index] ?? '', () => value), line);
  const [raw = '', listeners = '[]'] = filled.split('\t');
  return { raw: JSON.parse(raw), listeners: JSON.parse(listeners) };
}

/** What may stand in the holes, in the order of Graph's fields; empty for nothing. A text that JSON would escape is not found, and stays. */
function holeValues({ id, correlationId, timeMs, identifier, userId }: Held): readonly string[] {
  return [`"${id}"`, `"${correlationId}"`, `"${graphTime(timeMs)}"`, quoted(identifier), quoted(userId)];
}

function quoted(text: string | null): string {
  return text === null ? '' : `"${text}"`;
}

/** A time as Graph usually writes it, with six digits. Written otherwise, it is not found in the JSON and stays there. */
function graphTime(timeMs: number): string {
  const wholeMs = Math.floor(timeMs);
  const micros = Math.round((timeMs - wholeMs) * 1000);
  // The digit before the three is cut off again.
  return `${new Date(wholeMs).toISOString().slice(0, -1)}${String(1000 + micros).slice(1)}Z`;
}
