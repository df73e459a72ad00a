/**
 * Conditions that each event must be asked for itself, because its value is its own: identifier, ids, texts. They give the
 * same answers as the predicate of `filter`, without making a string for each event.
 */
import type { FieldName, FieldTerm, TextTerm } from '../../filter/filter.ts';
import { compileCondition } from '../../filter/predicate.ts';
import { searchForm } from '../../signup/search-text.ts';
import type { EventRows } from './event-rows.ts';
import { beginningsOf, type GuidPieces, partsOf } from './guid.ts';
import type { GuidStore } from './guid-store.ts';
import { needleOf, type TextTable } from './text-table.ts';

/** Whether the event at this position passes. */
export type RowTest = (position: number) => boolean;

const GUID_LENGTH = 36;

/** The fields whose values are each event's own. */
export const rowFields: ReadonlySet<FieldName> = new Set<FieldName>([
  'user',
  'userid',
  'correlation',
  'id',
  'ip',
  'target',
]);

/** The test for a term of a field whose values are each event's own; null for every other field. */
export function fieldTest(rows: EventRows, term: FieldTerm): RowTest | null {
  const holds = positiveTest(rows, term);
  return holds && (term.negated ? not(holds) : holds);
}

/** Whether the word is in what is shown of the event and not of all events of its kind. */
export function textTest(rows: EventRows, term: TextTerm): RowTest {
  const wanted = searchForm(term.text);
  const needle = needleOf(wanted);
  const inText = rememberedByCode(rows.texts, (code) => {
    const other = rows.texts.otherText(code);
    if (other !== undefined) return searchForm(other).includes(wanted);
    return needle !== null && rows.texts.plainContains(code, needle);
  });
  const pieces = partsOf(wanted);
  const inOddText = (text: string) => searchForm(text).includes(wanted);
  const inId = guidTest(rows.ids.store, pieces, inOddText);
  const inCorrelationId = guidTest(rows.chains.ids.store, pieces, inOddText);
  const inUserId = guidTest(rows.userIds, pieces, inOddText);
  const canBeInGuid = pieces.rests.length > 0;
  const inAnyId: RowTest = (position) =>
    inCorrelationId(rows.chains.codeOf(position)) || inId(position) || inUserId(rows.userIdCode(position));
  const isThere: RowTest = (position) =>
    inText(rows.identifierCode(position)) ||
    inText(rows.failureReasonCode(position)) ||
    inText(rows.additionalDetailsCode(position)) ||
    inText(rows.counterpartCode(position)) ||
    // Most words cannot be in an ID, and then there is no need to look.
    ((canBeInGuid || rows.hasOddIds) && inAnyId(position));
  return term.negated ? not(isThere) : isThere;
}

function not(test: RowTest): RowTest {
  return (position) => !test(position);
}

function positiveTest(rows: EventRows, term: FieldTerm): RowTest | null {
  switch (term.field) {
    case 'user': {
      const isWanted = textCondition(rows.texts, term);
      return (position) => isWanted(rows.identifierCode(position));
    }
    case 'ip':
    case 'target': {
      const isWanted = textCondition(rows.texts, term);
      return (position) => isWanted(rows.counterpartCode(position));
    }
    case 'userid': {
      const isWanted = guidCondition(rows.userIds, term);
      return (position) => isWanted(rows.userIdCode(position));
    }
    case 'correlation': {
      const isWanted = guidCondition(rows.chains.ids.store, term);
      return (position) => isWanted(rows.chains.codeOf(position));
    }
    case 'id':
      return guidCondition(rows.ids.store, term);
    default:
      return null;
  }
}

/** Tests by code; -1 is the code of no value, for which nothing holds. */
type CodeTest = (code: number) => boolean;

function textCondition(texts: TextTable, term: FieldTerm): CodeTest {
  const holds = holdsFor(term);
  const values = term.values.flatMap(({ text, match }) => {
    const needle = needleOf(text.toLowerCase());
    return needle === null ? [] : [{ needle, match }];
  });
  return rememberedByCode(texts, (code) => {
    const other = texts.otherText(code);
    if (other !== undefined) return holds(other);
    const length = texts.plainLength(code);
    return (
      length > 0 &&
      values.some(
        ({ needle, match }) => (match === 'prefix' || needle.length === length) && texts.plainStartsWith(code, needle),
      )
    );
  });
}

function guidCondition(guids: GuidStore, term: FieldTerm): CodeTest {
  const possible = term.values.filter(({ text, match }) => match === 'prefix' || text.length === GUID_LENGTH);
  const pieces = beginningsOf(possible.map(({ text }) => text.toLowerCase()));
  return guidTest(guids, pieces, holdsFor(term));
}

function guidTest(guids: GuidStore, pieces: GuidPieces, holdsForOdd: (text: string) => boolean): CodeTest {
  return (code) => {
    if (code < 0) return false;
    const odd = guids.oddText(code);
    return odd === undefined ? guids.hasPiece(code, pieces) : holdsForOdd(odd);
  };
}

/** The condition for one text, before it is negated. An empty text counts as none, as in the table of fields. */
function holdsFor(term: FieldTerm): (text: string) => boolean {
  const holds = compileCondition({ ...term, negated: false });
  return (text) => text !== '' && holds([text]);
}

/** Asks once for each distinct text. */
function rememberedByCode(texts: TextTable, test: CodeTest): CodeTest {
  let answers = new Uint8Array(0);
  let reuses = texts.reuses;
  return (code) => {
    if (code < 0) return false;
    if (reuses !== texts.reuses || code >= answers.length) {
      // New room starts empty, and so does everything once a code stands for another text.
      const kept = reuses === texts.reuses ? answers : [];
      answers = new Uint8Array(texts.codeEnd + (texts.codeEnd >>> 2));
      answers.set(kept);
      reuses = texts.reuses;
    }
    const known = answers[code] ?? 0;
    if (known !== 0) return known === 2;
    const answer = test(code);
    answers[code] = answer ? 2 : 1;
    return answer;
  };
}
