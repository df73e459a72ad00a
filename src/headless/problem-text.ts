/** Words for stderr: problems and what happens while the log is read. Pure. */
import type { Problem, ProblemKind } from '../facts/problem.ts';
import { shownText } from '../signup/visible-text.ts';

/** One line for stderr, with a line feed. What comes from outside is made visible, and cut when nobody would read it. */
export function sayText(text: string): string {
  return `entra-signups: ${shownText(text)}\n`;
}

/** A problem as lines: what happened, what it means, what to do, and what Microsoft's support asks for. */
export function problemText({ title, meaning, todo, code, requestId }: Problem): string {
  const known = [code === null ? '' : `code ${code}`, requestId === null ? '' : `request ${requestId}`];
  const more = [meaning, todo, known.filter((part) => part !== '').join(', ')].filter((line) => line !== '');
  return sayText(title) + more.map((line) => `  ${shownText(line)}\n`).join('');
}

/** The exit code that a problem ends the program with. */
export function exitCodeOf({ kind }: Problem): number {
  return exitCodeOfKind(kind);
}

export function exitCodeOfKind(kind: ProblemKind): number {
  return { fault: 1, usage: 2, signIn: 3, refused: 4, unreachable: 5 }[kind];
}

/** `10:42:09` in a time zone. */
export function clockText(timeMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'medium' }).format(timeMs);
}

/** `10:42:09` in a time zone, with the date before it where that is not today's. */
export function whenText(timeMs: number, nowMs: number, timeZone: string): string {
  const moment = momentText(timeMs, timeZone);
  return moment.slice(0, 10) === momentText(nowMs, timeZone).slice(0, 10) ? clockText(timeMs, timeZone) : moment;
}

/** `2026-11-23 10:42:09` in a time zone. */
export function momentText(timeMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(timeMs);
}

/** `1 event`, `8,000 events`. */
export function eventCount(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`;
}

/** A length of time, short enough for a column: `7s`, `2m05s`, `1h10m`. */
export function tookText(lengthMs: number): string {
  const seconds = Math.round(lengthMs / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}m${two(seconds % 60)}s` : `${Math.floor(minutes / 60)}h${two(minutes % 60)}m`;
}

/** What `tail` begins with on a terminal: times are told in `timeZone` (IANA name). */
export function watchingText(
  sinceMs: number,
  watching: { readonly timeZone: string; readonly intervalMs: number; readonly filter: { readonly since: unknown } },
): string {
  const { timeZone, intervalMs, filter } = watching;
  const since = filter.since === null ? clockText(sinceMs, timeZone) : momentText(sinceMs, timeZone);
  const every = `${Math.round(intervalMs / 1000)} s`;
  return sayText(`watching since ${since}, asking every ${every}; rows appear minutes after they happened`);
}

/** What `tail` says when its first read took so long that it is not clear what became visible meanwhile. */
export function uncertainStartText(tookMs: number, nowMs: number, timeZone: string): string {
  const since = clockText(nowMs - tookMs, timeZone);
  return sayText(
    `the first read took ${tookText(tookMs)}, until ${clockText(nowMs, timeZone)}: events that became visible since ${since} cannot be told from older ones, so all that it found late are printed`,
  );
}
