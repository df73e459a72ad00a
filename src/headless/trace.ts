/** `trace`: what has been gathered about one correlation ID as text, as words for stderr, and as an exit code. Pure. */
import type { Problem } from '../facts/problem.ts';
import type { Span } from '../facts/reading.ts';
import { logOf } from '../facts/related.ts';
import { deedOf, reasonOf } from '../logs/entry-words.ts';
import { logNamed } from '../logs/logs.ts';
import type { AppNames } from '../signup/app-names.ts';
import type { JsonObject, LogEvent } from '../signup/event.ts';
import type { Format } from './format.ts';
import { jsonFormat, ndjsonFormat } from './json.ts';
import { leftOutText } from './left-out.ts';
import { exitCodeOf, momentText, whenText } from './problem-text.ts';
import type { Trace } from './read-trace.ts';
import { columnsFormat } from './table.ts';
import type { TableLook } from './table-layout.ts';

/** How the entries of a trace are printed; `log` says of an object which log it is from, in the words of `--log`. */
export function traceFormat(
  format: 'table' | 'ndjson' | 'json',
  correlationId: string,
  look: TableLook,
  appNames: AppNames,
): Format {
  const log = (event: LogEvent): JsonObject => ({ log: logNamed(event.log).word });
  if (format === 'ndjson') return ndjsonFormat(log);
  if (format === 'json') return jsonFormat(log);
  const isSame = (event: LogEvent) => event.correlationId.toLowerCase() === correlationId;
  return columnsFormat(look, [
    { title: 'LOG', least: 12, leaves: 0, text: (event) => logNamed(event.log).word },
    // What ties it to the sign-up.
    { title: 'SAME', least: 7, leaves: 0, text: (event) => (isSame(event) ? 'ID' : 'account') },
    { title: 'WHAT', least: 10, leaves: 0, text: deedOf },
    { title: 'WHY', least: 16, narrowest: 8, leaves: 1, text: reasonOf },
    { title: 'WHO', least: 14, leaves: 4, text: ({ identifier, userId }) => identifier ?? userId ?? '' },
    { title: 'APP', least: 16, leaves: 3, text: (event) => appNames.nameFor(event) ?? event.appId },
  ]);
}

/** What is worth saying besides the entries: a sentence for each log that could not be read, and for what is not there. */
export function traceWords(
  trace: Trace,
  correlationId: string,
  range: Span,
  telling: { readonly timeZone: string; readonly nowMs: number },
): readonly string[] {
  const failures = trace.problems.map(({ source, problem }) =>
    source === 'signUps' && problem.kind !== 'signIn'
      ? { ...problem, title: `The sign-up log could not be read: ${problem.title}` }
      : problem,
  );
  const words = [
    ...trace.unreadable.map((reason) => `a row could not be understood: ${reason}`),
    ...trace.entries.filter(({ leftOut }) => leftOut !== undefined).map(leftOutText),
    ...trace.cutShort.map((source) => `there is more than the newest that were read in the ${calledOf(source)}`),
    // Two questions to one log can fail alike.
    ...new Map(failures.map((problem) => [problem.title, oneLine(problem, telling)])).values(),
  ];
  if (trace.entries.length > 0 || trace.answered === 0) return words;
  const where = failures.length > 0 ? ' in the logs that could be read' : '';
  const since = momentText(range.fromMs, telling.timeZone);
  return [
    ...words,
    `nothing with the correlation ID ${correlationId} since ${since}${where}; entries turn up minutes late`,
  ];
}

/**
 * What could not be read for a passing reason is not all there is, and says so; what is refused is refused the next time as
 * well, so the rest is all there is, unless nothing is left.
 */
export function traceExitCode({ problems, answered }: Trace): number {
  const codes = problems.map(({ problem }) => exitCodeOf(problem));
  const worst = [3, 5, 1, 4].find((code) => codes.includes(code)) ?? 0;
  return worst === 4 && answered > 0 ? 0 : worst;
}

function calledOf(source: Trace['cutShort'][number]): string {
  return logNamed(logOf(source)).called;
}

function oneLine(
  { title, todo, code, requestId, againInMs }: Problem,
  { timeZone, nowMs }: { readonly timeZone: string; readonly nowMs: number },
): string {
  const until = againInMs === undefined ? '' : `until ${whenText(nowMs + againInMs, nowMs, timeZone)}`;
  const known = [until, code === null ? '' : `code ${code}`, requestId === null ? '' : `request ${requestId}`];
  const told = known.filter((part) => part !== '').join(', ');
  return `${title} ${todo}${told === '' ? '' : ` (${told})`}`;
}
