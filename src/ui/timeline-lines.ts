/** Every loaded event of one correlation ID in time order, with the gaps between them, codes and extension results. */
import { logMsAt } from '../facts/moment.ts';
import { explainCode, noErrorCode } from '../signup/codes.ts';
import type { LogEvent } from '../signup/event.ts';
import { listenerFailed, listenerResult } from '../signup/listeners.ts';
import { selectRelatedRequest } from '../store/select-related-request.ts';
import { shownZone } from '../store/shown-zone.ts';
import type { Related } from '../store/state.ts';
import { companionEntries, companionLine, companionLines } from './companion-lines.ts';
import { entryName } from './entry-words.ts';
import type { DetailContext } from './event-detail-lines.ts';
import { cutLine, type Line, type Piece, piece, told } from './line.ts';
import { outcomeTone } from './outcome-tones.ts';
import { clockText, durationText, gapText, preciseClockText } from './time-text.ts';

/** Lines around the shown event that are drawn of a very long timeline. */
const MOST_LINES = 500;

export function timelineLines(context: DetailContext, width: number): readonly Line[] {
  const { state, event } = context;
  const { log } = state;
  if (event.correlationId === '')
    return [[piece(' No correlation ID: what belongs to this event is not known.', 'dim')]];
  const chain = log.ofCorrelation(event.correlationId);
  const here = log.positionOf(event.id);
  const first = chain[0];
  const last = chain.at(-1);
  const span = first === undefined || last === undefined ? 0 : log.timeMs(last) - log.timeMs(first);
  const count = `${chain.length} event${chain.length === 1 ? '' : 's'}${chain.length > 1 ? `, ${durationText(span)}` : ''}`;
  const from = Math.max(0, chain.indexOf(here) - MOST_LINES / 2);
  const shown = chain.slice(from, from + MOST_LINES);
  const others = companionEntries(context);
  const alsoThere = others.length === 0 ? '' : `+ ${others.length} of other logs  `;
  return [
    [piece(' Same correlation ID', 'accent'), piece(`  ${count}  ${alsoThere}`), ...relatedPieces(context)],
    ...merged(context, shown, chain[from - 1], others, here, width),
    ...(chain.length > shown.length ? [[piece(`   ${chain.length - shown.length} more are not drawn`, 'dim')]] : []),
    ...(others.length === 0 ? [] : [[piece('  That other logs have the same ID is a hint, no proof.', 'dim')]]),
    ...companionLines(context, width),
  ];
}

/** The events of the log that is shown and the entries of others, in order of time. `before`: the event before the first. */
function merged(
  context: DetailContext,
  positions: readonly number[],
  before: number | undefined,
  others: readonly LogEvent[],
  here: number,
  width: number,
): readonly Line[] {
  const { state } = context;
  const items = [
    ...positions.map((position) => ({ timeMs: state.log.timeMs(position), position, entry: null })),
    ...others.map((entry) => ({ timeMs: entry.timeMs, position: -1, entry })),
  ].sort((a, b) => a.timeMs - b.timeMs);
  let lastMs = before === undefined ? null : state.log.timeMs(before);
  return items.flatMap(({ timeMs, position, entry }) => {
    const gap = lastMs === null ? '' : gapText(timeMs - lastMs);
    lastMs = timeMs;
    if (entry) return [companionLine(entry, gap, context, width)];
    return entryLines(context, position, gap, state.unit === 'events' && position === here, width);
  });
}

function entryLines(
  { state, glyphs }: DetailContext,
  position: number,
  gap: string,
  isShown: boolean,
  width: number,
): readonly Line[] {
  const { log } = state;
  const outcome = log.outcome(position);
  const code = log.cause(position);
  const pieces: Piece[] = [
    isShown ? piece(`${glyphs.cursor} `, 'cursor') : piece('  '),
    piece(preciseClockText(log.timeMs(position), shownZone(state)), isShown ? 'strong' : 'plain'),
    piece(` ${gap.padStart(7)} `, 'dim'),
    piece(`${glyphs.outcome[outcome]} `, outcomeTone(outcome)),
    told(entryName(log, position).padEnd(10)),
    ...(code === 0 || (code === noErrorCode && log.result(position) !== null)
      ? []
      : [piece(`  ${code}`), piece(`  ${explainCode(code).meaning}`, outcomeTone(outcome))]),
  ];
  const listeners = log
    .listeners(position)
    .map(
      (listener): Line => [
        piece(' '.repeat(6)),
        told(`${glyphs.arrow} ${listenerResult(listener, glyphs.arrow)}`, listenerFailed(listener) ? 'bad' : 'dim'),
      ],
    );
  return [pieces, ...listeners].map((line) => cutLine(line, width, glyphs.ellipsis));
}

/** Whether all entries of this ID are known to be here. */
function relatedPieces({ state, event }: DetailContext): readonly Piece[] {
  const related: Related | undefined = state.related.get(event.correlationId);
  const isAsked = selectRelatedRequest(state)?.correlationId === event.correlationId;
  if (related?.load === 'failed') return [told(related.problem?.title ?? 'Graph did not answer', 'bad')];
  if (related?.load === 'done') {
    return [
      piece(
        `as of ${clockText(logMsAt({ logMs: state.nowMs, moment: state.moment }, related.readAt), shownZone(state))}`,
        'dim',
      ),
    ];
  }
  return isAsked ? [piece('so far, asking Graph', 'accent')] : [];
}
