/**
 * One entry of the other logs in full: how it ended and why, who, when and where from, and every word that its log has a field
 * for, from the table of fields. What only sign-ups have (stages, listeners, accounts) is left out.
 */
import { fieldsOf } from '../filter/fields.ts';
import type { FieldName } from '../filter/filter.ts';
import { causeOf } from '../signup/cause.ts';
import { explainCode } from '../signup/codes.ts';
import { isObject, textOf } from '../signup/json-values.ts';
import { shownZone } from '../store/shown-zone.ts';
import { codeText, type DetailContext, eventDetailLines } from './event-detail-lines.ts';
import { field, optional } from './labelled-lines.ts';
import type { Line } from './line.ts';
import { dayText, preciseClockText } from './time-text.ts';

/** Shown in an order and with words of their own. */
const ownLines: ReadonlySet<FieldName> = new Set<FieldName>([
  'outcome',
  'error',
  'result',
  'app',
  'appid',
  'user',
  'userid',
  'correlation',
  'id',
  'flow',
]);

/** The detail of an event, whichever log it is of. */
export function detailLinesOf(context: DetailContext, width: number): readonly Line[] {
  return context.event.log === 'signUps' ? eventDetailLines(context, width) : entryDetailLines(context, width);
}

/** How it ended, who did what with whom, and the rest of what its log tells. */
function entryDetailLines({ state, event }: DetailContext, width: number): readonly Line[] {
  const zone = shownZone(state);
  const cause = causeOf(event);
  const code = explainCode(cause);
  const ending =
    event.result === null
      ? [
          ...field('Code', codeText(cause), width, 'strong'),
          ...(code.kind === 'success' || code.kind === 'unknown' ? [] : field('Means', code.explanation, width)),
        ]
      : field('Result', event.result, width, 'strong');
  const rest = fieldsOf(event.log)
    .filter(({ name }) => !ownLines.has(name))
    .flatMap(({ label, values }) => values(event, state.log.appNames).flatMap((text) => field(label, text, width)));
  return [
    ...ending,
    ...optional('Reason', event.failureReason, width),
    ...optional('Details', event.additionalDetails, width),
    ...field('Time', `${dayText(event.timeMs, zone)} ${preciseClockText(event.timeMs, zone)} ${zone}`, width),
    ...field(event.log === 'audits' ? 'By' : 'Who', event.identifier ?? 'nobody is named', width),
    ...optional('App', event.appName, width),
    ...rest,
    ...optional('Account', event.userId, width),
    ...changeLines(event.raw.targetResources, width),
    ...changesOf(event.raw, width),
  ];
}

/** What was changed about each target of an audit. */
function changeLines(targets: unknown, width: number): readonly Line[] {
  return Array.isArray(targets) ? targets.filter(isObject).flatMap((target) => changesOf(target, width)) : [];
}

function changesOf({ modifiedProperties }: { readonly [key: string]: unknown }, width: number): readonly Line[] {
  if (!Array.isArray(modifiedProperties)) return [];
  return modifiedProperties.filter(isObject).flatMap(({ displayName, oldValue, newValue }) => {
    const [before, after] = [textOf(oldValue) ?? 'nothing', textOf(newValue) ?? 'nothing'];
    return field('Changed', `${textOf(displayName) ?? 'a property'}: ${before} to ${after}`, width);
  });
}
