/** `ndjson` and `json`: each event exactly as Graph sent it, plus its outcome. Pure. */
import { characterSet, oncePerCharacter, replaceCharacters } from '../signup/character-set.ts';
import type { JsonObject, LogEvent } from '../signup/event.ts';
import { outcomeOfEvent } from '../signup/outcome.ts';
import type { Format } from './format.ts';

/** Whatever a terminal could obey or a reader could not see; `JSON.stringify` escapes only some of it. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/u;
const PLAIN_ASCII = /^[ -~]*$/;
const isUnseen = characterSet((character) => UNSEEN.test(character));

/** One object per line. `more` are members besides those that Graph sent. */
export function ndjsonFormat(more: (event: LogEvent) => JsonObject = () => ({})): Format {
  return {
    start: () => '',
    events: (batch) => batch.map((event) => `${objectText(event, more)}\n`).join(''),
    end: () => '',
  };
}

/** One array, an object per line within it, so that it can be written while events still come in. */
export function jsonFormat(more: (event: LogEvent) => JsonObject = () => ({})): Format {
  let isFirst = true;
  return {
    start: () => '[',
    events: (batch) =>
      batch
        .map((event) => {
          const separator = isFirst ? '\n' : ',\n';
          isFirst = false;
          return `${separator}${objectText(event, more)}`;
        })
        .join(''),
    end: () => (isFirst ? ']\n' : '\n]\n'),
  };
}

/** Any value as JSON in one line that is safe to show: it means the same, but nothing in it is obeyed or hidden. */
export function safeJson(value: unknown): string {
  const json = JSON.stringify(value);
  return PLAIN_ASCII.test(json) ? json : replaceCharacters(json, isUnseen, escaped);
}

/** The same over many lines, for people. */
export function safeJsonLines(value: unknown): string {
  // No text holds a line feed that is not escaped already, so each one is of the layout.
  return replaceCharacters(JSON.stringify(value, null, 2), isUnseen, (codePoint) =>
    codePoint === LINE_FEED ? null : escaped(codePoint),
  );
}

const LINE_FEED = 0x0a;

const escaped = oncePerCharacter((codePoint) => {
  const character = String.fromCodePoint(codePoint);
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
});

function objectText(event: LogEvent, more: (event: LogEvent) => JsonObject): string {
  return safeJson({ ...event.raw, ...more(event), outcome: outcomeOfEvent(event) });
}
