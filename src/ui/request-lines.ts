/** The request log: every call to Graph with its answer, and the one under the cursor in full, as other tools make it. */
import type { Call } from '../store/calls.ts';
import { callAs, callForms } from '../store/graph-call.ts';
import { shownZone } from '../store/shown-zone.ts';
import type { State } from '../store/state.ts';
import type { Glyphs } from './glyphs.ts';
import { cutLine, type Line, piece, told, wrapText } from './line.ts';
import { clockText } from './time-text.ts';

/** At most `height` lines: the list above, the call under the cursor below. */
export function requestLines(state: State, id: number, height: number, glyphs: Glyphs): readonly Line[] {
  const { columns } = state.size;
  const newestFirst = state.calls.toReversed();
  const at = Math.max(
    0,
    newestFirst.findIndex((call) => call.id === id),
  );
  const call = newestFirst[at];
  const room = Math.max(1, Math.floor((height - 3) * 0.45));
  const top = Math.max(0, Math.min(at - Math.floor(room / 2), newestFirst.length - room));
  const list = newestFirst.slice(top, top + room).map((each) => callLine(state, each, each.id === id, glyphs));
  const title = [
    piece(' Calls to Graph', 'strong'),
    piece(`   ${newestFirst.length} kept, newest first`, 'dim'),
    piece('   none of these forms holds a token', 'dim'),
  ];
  const lines = [
    title,
    ...list,
    [piece(glyphs.rule.repeat(columns), 'dim')],
    ...(call ? formLines(call, columns) : []),
  ];
  return lines.map((line) => cutLine(line, columns, glyphs.ellipsis));
}

function callLine(state: State, { id, atMs, method, url, answer }: Call, underCursor: boolean, glyphs: Glyphs): Line {
  const { pathname, searchParams } = new URL(url);
  const status = answer ? String(answer.status ?? 'none') : '...';
  const failed = answer !== null && (answer.status === null || answer.status >= 400);
  return [
    underCursor ? piece(`${glyphs.cursor} `, 'cursor') : piece('  '),
    piece(`${String(id).padStart(4)}  ${clockText(atMs, shownZone(state))}  `, 'dim'),
    piece(status.padStart(4), failed ? 'bad' : 'good'),
    piece(` ${answer ? String(Math.round(answer.tookMs)).padStart(6) : '     -'} ms`),
    piece(` ${answer?.rows === null || answer === null ? '    ' : String(answer.rows).padStart(4)} rows  `),
    told(`${method} ${pathname}${decodedQuery(searchParams)}`),
  ];
}

/** The call in full, in each form, to be read and selected. */
function formLines({ url, answer }: Call, columns: number): readonly Line[] {
  const width = Math.max(20, columns - 14);
  const entry = (label: string, text: string): readonly Line[] =>
    wrapText(text, width).map((part, index) => [
      piece(`  ${(index === 0 ? label : '').padEnd(11)} `, 'dim'),
      told(part),
    ]);
  return [
    ...entry('request-id', answer?.requestId ?? (answer ? 'none' : 'no answer yet')),
    ...callForms.flatMap((form) => entry(form, callAs(form, url))),
  ];
}

/** The query part as a person reads it. */
function decodedQuery(parameters: URLSearchParams): string {
  const parts = [...parameters].map(([name, value]) => `${name}=${value}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
