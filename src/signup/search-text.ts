/**
 * What a word without a field is searched in: everything that the program shows for an event, except times, whose
 * text depends on the zone. Each text is separate, so a match never runs from one into the next, and a caller that
 * holds its columns as dictionaries can ask once per distinct value. It must not search; it only lists.
 */
import { type CodedStep, codesOf } from './cause.ts';
import { explainCode, noErrorCode } from './codes.ts';
import type { AppliedListener, LogEvent } from './event.ts';
import { listenerMeaning, listenerResult } from './listeners.ts';
import { outcomeOfEvent } from './outcome.ts';
import { accountTypeOf } from './providers.ts';
import { stageLabel } from './stages.ts';
import { MOST_SHOWN, visibleStart } from './visible-text.ts';

/** As shown and lower-cased: both the texts and the word that is searched go through this. */
export function searchForm(text: string): string {
  return visibleStart(text, MOST_SHOWN).toLowerCase();
}

/** All of it. `appName` is the name to show, learned from siblings where the event has none; null when unknown. */
export function searchTexts(event: LogEvent, appName: string | null): readonly string[] {
  const plain = [
    event.identifier,
    event.identifierType,
    appName,
    event.appId,
    event.correlationId,
    event.id,
    event.userId,
    event.failureReason,
    event.additionalDetails,
    event.result,
    event.counterpart,
    ...Object.values(event.attributes),
  ];
  return [...plain.filter((text) => text !== null).map(searchForm), ...ownTexts(event)];
}

/** What is shown because of the log that the event is of. */
function ownTexts(event: LogEvent): readonly string[] {
  if (event.log === 'signUps') {
    const { stage, provider, listeners } = event;
    return [...stageTexts(stage), ...providerTexts(provider), ...codeTexts(event), ...listenerTexts(listeners)];
  }
  return event.result === null ? codeTexts(event) : [outcomeOfEvent(event)];
}

/** What is shown for a stage: its name and its label. */
function stageTexts(stage: string): readonly string[] {
  return [stage, stageLabel(stage)].map(searchForm);
}

/** What is shown for a provider: its name and the account type. */
function providerTexts(provider: string): readonly string[] {
  return [provider, accountTypeOf(provider)].map(searchForm);
}

/** What is shown for the codes of an event: the numbers, their meanings, the outcome. */
function codeTexts(event: CodedStep & Pick<LogEvent, 'result'>): readonly string[] {
  const codes = codesOf(event);
  const meanings = (codes.length === 0 ? [noErrorCode] : codes).map((code) => explainCode(code).meaning);
  return [...codes.map(String), ...meanings, outcomeOfEvent(event)].map(searchForm);
}

/** What is shown for the listeners of an event. */
function listenerTexts(listeners: readonly AppliedListener[]): readonly string[] {
  return listeners
    .flatMap((l) => [listenerResult(l), listenerMeaning(l.eventType), l.listenerId ?? '', l.extensionId ?? ''])
    .map(searchForm);
}
