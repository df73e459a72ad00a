/**
 * Measures the event log by itself: memory, adding, filtering, counting, searching. Prints a table and fails nothing.
 * `npx esbuild scripts/bench/event-log.ts --bundle --platform=node --format=esm --outfile=dist/bench/event-log.mjs`, then
 * `node --expose-gc dist/bench/event-log.mjs [events …]` (100000 and 1000000 when none are given).
 */
import type { FieldName, Filter, Term } from '../../src/filter/filter.ts';
import { rawPacker } from '../../src/raw-packer.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { parseEvent } from '../../src/signup/parse-event.ts';
import { EventLog } from '../../src/store/log/event-log.ts';
import { facets } from '../../src/store/log/facets.ts';
import { buildMatches, EventMatches } from '../../src/store/log/matches.ts';
import { samplePages, seededRandom } from './sample-pages.ts';

const PAGE_ROWS = 1000;
const facetFields: readonly FieldName[] = ['outcome', 'stage', 'provider', 'account', 'app', 'error', 'extension'];

let renewals = 0;

function field(name: FieldName, text: string): Term {
  const match = text.endsWith('*') ? 'prefix' : 'exact';
  return { kind: 'field', field: name, values: [{ text: text.replace('*', ''), match }], negated: false };
}

const word = (text: string): Term => ({ kind: 'text', text, negated: false });

function filterOf(...terms: Term[]): Filter {
  return { terms, since: null, until: null };
}

const sizes = process.argv.slice(2).map(Number);
for (const events of sizes.length > 0 ? sizes : [100_000, 1_000_000]) measure(events);

function measure(events: number): void {
  const lines: [string, string][] = [];
  const say = (what: string, figure: string) => lines.push([what, figure]);

  const before = memoryBytes();
  const log = new EventLog({ maxEvents: events, packer: rawPacker });
  const addMs: number[] = [];
  const bothMs: number[] = [];
  let jsonBytes = 0;
  for (const text of samplePages(events, PAGE_ROWS, 1)) {
    jsonBytes += text.length;
    const start = performance.now();
    const page = parsed(text);
    const added = performance.now();
    log.add(page);
    const end = performance.now();
    addMs.push(end - added);
    bothMs.push(end - start);
  }
  const bytes = memoryBytes() - before;
  say('JSON per event', `${Math.round(jsonBytes / events)} bytes`);
  say('memory per event, raw JSON included', `${(bytes / events).toFixed(1)} bytes`);
  say('kinds', String(log.rows.kinds.counts.length));
  say('add a page of 1,000', spread(addMs));
  say('parse and add a page of 1,000', `${spread(bothMs)}, ${Math.round((1000 * events) / sum(bothMs))} events/s`);

  const identifier = log.identifier(log.order.at(events >> 1)) ?? '';
  const correlationId = log.correlationId(log.order.at(events >> 1));
  const filters: [string, Filter][] = [
    ['nothing', filterOf()],
    ['outcome and provider', filterOf(field('outcome', 'failed'), field('provider', 'Email OTP'))],
    ['a time range', { ...filterOf(), since: { text: '', atMs: log.timeMs(log.order.at(events >> 1)) } }],
    ['user', filterOf(field('user', identifier))],
    ['user, prefix', filterOf(field('user', 'ann*'))],
    ['correlation ID', filterOf(field('correlation', correlationId))],
    ['a word in identifiers', filterOf(word('contoso'))],
    ['a word that is nowhere', filterOf(word('xyzzy'))],
    ['a word that could be in any ID', filterOf(word('abcdef'))],
  ];
  for (const [name, filter] of filters) {
    const matches = buildMatches(log, filter);
    say(`matches for ${name}`, `${median(() => buildMatches(log, filter))} ms (${matches.size})`);
    say(`  longest slice of a build`, `${longestSlice(log, filter).toFixed(1)} ms`);
    say(`  all ${facetFields.length} facets, counted anew`, `${median(() => allFacets(log, renewed(filter)))} ms`);
    say('  all facets, followed', `${median(() => allFacets(log, filter))} ms`);
  }

  say('the events of a correlation ID', `${median(() => log.ofCorrelation(correlationId))} ms`);
  const random = seededRandom(7);
  say(
    'read an event anywhere, with raw',
    `${median(() => log.read(log.order.at(Math.floor(random() * events))).raw)} ms`,
  );

  const followers = filters.map(([, filter]) => buildMatches(log, filter));
  const [liveMs, followMs, facetMs]: [number[], number[], number[]] = [[], [], []];
  for (const page of livePages(log, 2000)) {
    const start = performance.now();
    log.add(page);
    const added = performance.now();
    for (const follower of followers) follower.update();
    const followed = performance.now();
    allFacets(log, filterOf(word('contoso')));
    liveMs.push(added - start);
    followMs.push((followed - added) / followers.length);
    facetMs.push(performance.now() - followed);
  }
  say('add one live event to the full log', spread(liveMs));
  say('update matches by one event', spread(followMs));
  say('update and read all facets by one event', spread(facetMs));

  const wide = Math.max(...lines.map(([what]) => what.length));
  console.log(`\n${events.toLocaleString('en')} events, Node ${process.version}`);
  for (const [what, figure] of lines) console.log(`${what.padEnd(wide)}  ${figure}`);
}

function parsed(text: string): LogEvent[] {
  const { value }: { value: unknown[] } = JSON.parse(text);
  return value.map(parseEvent).flatMap((row) => (row.ok ? [row.event] : []));
}

/** Events newer than all that is held, one by one, each with one that is a little late. */
function* livePages(log: EventLog, count: number): Generator<LogEvent[]> {
  const newestMs = log.timeMs(log.order.at(log.size - 1));
  let index = 0;
  for (const text of samplePages(count, count, 99)) {
    for (const event of parsed(text)) {
      index++;
      yield [{ ...event, timeMs: newestMs + index * 500 - (index % 2 === 0 ? 0 : 60_000) }];
    }
  }
}

function allFacets(log: EventLog, filter: Filter): number {
  return facetFields.reduce((total, name) => total + facets(log, filter, name).length, 0);
}

/** The same filter with another end, beyond all events: what was counted for the last one is of no use. */
function renewed(filter: Filter): Filter {
  return { ...filter, until: { text: '', atMs: 1e15 + ++renewals } };
}

function longestSlice(log: EventLog, filter: Filter): number {
  const matches = new EventMatches(log, filter);
  let longest = 0;
  for (let complete = false; !complete; ) {
    const start = performance.now();
    complete = matches.continueBuild(() => performance.now() - start < 8);
    longest = Math.max(longest, performance.now() - start);
  }
  return longest;
}

function memoryBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function median(work: () => unknown): string {
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return at(times, 0.5).toFixed(2);
}

function spread(times: readonly number[]): string {
  const show = (share: number) => at(times, share).toFixed(2);
  return `p50 ${show(0.5)}, p99 ${show(0.99)}, longest ${show(1)} ms`;
}

function at(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
