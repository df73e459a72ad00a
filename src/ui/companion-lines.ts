/** What the other logs have of the attempt: entries for its timeline, those of the account that it made, and what is missing. */
import { logOf, type RelatedSource } from '../facts/related.ts';
import { deedOf, reasonOf } from '../logs/entry-words.ts';
import { logNamed } from '../logs/logs.ts';
import type { LogEvent } from '../signup/event.ts';
import { outcomeOfEvent } from '../signup/outcome.ts';
import { type Companions, companionFailures, selectCompanionsRequest } from '../store/companions.ts';
import { shownZone } from '../store/shown-zone.ts';
import type { State } from '../store/state.ts';
import type { Glyphs } from './glyphs.ts';
import { cutLine, type Line, piece, told, wrapText } from './line.ts';
import { outcomeTone } from './outcome-tones.ts';
import { shownDayClock } from './shown-time.ts';
import { preciseClockText } from './time-text.ts';

interface Context {
  readonly state: State;
  readonly glyphs: Glyphs;
  readonly event: LogEvent;
}

const byCorrelation: readonly RelatedSource[] = ['signIns', 'audits'];
const byAccount: readonly RelatedSource[] = ['laterSignIns', 'provisioning'];

/** Entries of the other logs with the correlation ID, in order of time. */
export function companionEntries({ state, event }: Context): readonly LogEvent[] {
  return entriesOf(state.companions.get(event.correlationId), byCorrelation);
}

/** One entry of another log in the timeline, with the name of its log. */
export function companionLine(entry: LogEvent, gap: string, { state, glyphs }: Context, width: number): Line {
  const outcome = outcomeOfEvent(entry);
  const line: Line = [
    piece(`  ${preciseClockText(entry.timeMs, shownZone(state))} ${gap.padStart(7)} `, 'dim'),
    piece(`${glyphs.outcome[outcome]} `, outcomeTone(outcome)),
    ...entryText(entry),
  ];
  return cutLine(line, width, glyphs.ellipsis);
}

/** Below the timeline: the account's later entries, and each log that could not be read. */
export function companionLines(context: Context, width: number): readonly Line[] {
  const { state, glyphs, event } = context;
  const companions = state.companions.get(event.correlationId);
  const later = entriesOf(companions, byAccount);
  const entries = later.map((entry): Line => {
    const outcome = outcomeOfEvent(entry);
    const when = shownDayClock(state, entry.timeMs);
    const sign = piece(`${glyphs.outcome[outcome]} `, outcomeTone(outcome));
    return cutLine([piece(`  ${when.padEnd(20)} `, 'dim'), sign, ...entryText(entry)], width, glyphs.ellipsis);
  });
  return [
    ...(entries.length > 0 ? [[], [piece(' Same account, later', 'accent')], ...entries] : []),
    ...missingLines(context, companions, width),
  ];
}

/** `sign-in to Contoso Shop  sign-ins  50105 not assigned`. */
function entryText(entry: LogEvent): Line {
  const outcome = outcomeOfEvent(entry);
  const reason = reasonOf(entry);
  const where = entry.log === 'signIns' && entry.appName ? ` to ${entry.appName}` : '';
  return [
    told(`${deedOf(entry)}${where}`),
    piece(`  ${logNamed(entry.log).word}`, 'dim'),
    ...(reason === '' ? [] : [piece('  '), told(reason, outcomeTone(outcome))]),
  ];
}

function entriesOf(companions: Companions | undefined, sources: readonly RelatedSource[]): readonly LogEvent[] {
  const entries = sources.flatMap((source) => {
    const told = companions?.sources[source];
    return told?.load === 'done' ? told.entries : [];
  });
  return entries.sort((a, b) => a.timeMs - b.timeMs);
}

/** A line for what is being asked, and one for each log that failed: what it is, and what to do. */
function missingLines({ state, event }: Context, companions: Companions | undefined, width: number): readonly Line[] {
  const failures = companionFailures(state, event.correlationId);
  const failed = failures.map(({ source }) => logOf(source));
  const asking = (Object.keys(companions?.sources ?? {}) as RelatedSource[])
    .filter((source) => companions?.sources[source]?.load === 'loading')
    .map(logOf)
    .filter((log) => !failed.includes(log))
    .map((log) => logNamed(log).word);
  const isAsked = selectCompanionsRequest(state) !== null && companions === undefined;
  const question = isAsked ? 'the other logs' : [...new Set(asking)].join(' and ');
  const complaints = new Set(failures.map(({ problem: { title, todo } }) => `${title} ${todo}`));
  return [
    ...(question === '' ? [] : [[piece(`  asking ${question} ...`, 'dim')]]),
    ...[...complaints].flatMap((complaint) =>
      wrapText(complaint, Math.max(20, width - 4)).map(
        (text, index): Line => [piece(index === 0 ? '  ' : '    '), told(text, 'warn')],
      ),
    ),
  ];
}
