/** What a filter, its counts, a sort and a search cost, by the parts of the program that do them: 100,000 and 1,000,000 events. */
import type { FieldName, Filter, Term } from '../../src/filter/filter.ts';
import { rawPacker } from '../../src/raw-packer.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { parseEvent } from '../../src/signup/parse-event.ts';
import { EventLog } from '../../src/store/log/event-log.ts';
import { facets } from '../../src/store/log/facets.ts';
import type { Matches } from '../../src/store/log/matches.ts';
import { matchesFor } from '../../src/store/log/sorted-matches.ts';
import { personValues } from '../../src/store/person-values.ts';
import { type ColumnName, newestFirst } from '../../src/store/table-view.ts';
import { atMost, type Figure, largest, median, ms, shown } from './figures.ts';
import { samplePages } from './sample-pages.ts';

const PAGE_ROWS = 1000;
/** As many as the program looks at before a key has its turn. */
const SLICES_A_TURN = 24;
const RUNS = 9;
const steps: readonly FieldName[] = ['outcome', 'stage', 'provider', 'account', 'app', 'error', 'extension'];

const field = (name: FieldName, text: string): Term => ({
  ...{ kind: 'field', field: name, negated: false },
  values: [{ text, match: 'exact' }],
});
const filterOf = (...terms: Term[]): Filter => ({ terms, since: null, until: null });
const common = filterOf(field('outcome', 'failed'), field('provider', 'Email OTP'));
const word = filterOf({ kind: 'text', text: 'contoso', negated: false });

export async function triageFigures(): Promise<readonly Figure[]> {
  // The first run is that of code which nobody has compiled yet.
  measured(20_000);
  return [100_000, 1_000_000].flatMap(measured);
}

function measured(events: number): readonly Figure[] {
  const log = filled(events);
  const isLarge = events > 100_000;
  const name = (what: string) => `${events.toLocaleString('en')}: ${what}`;
  const builds = [common, word].map((filter) => turnsOf(() => matchesFor(log, filter, newestFirst)));
  const sorts = (['code', 'who', 'correlation'] as const).map((column) => sorting(log, column));
  const first = median(builds.map(({ turns }) => turns[0] ?? 0));
  let another = 0;
  const recounted = (filter: Filter) =>
    timed(() => {
      const renewed = { ...filter, until: { text: '', atMs: 1e15 + ++another } };
      for (const step of steps) facets(log, renewed, step);
    });
  const allCounted = timed(() => {
    for (const step of steps) facets(log, common, step);
  });
  const people = timed(() => personValues({ log, filter: { ...common } }, ''));
  const following = matchesFor(log, common, newestFirst);
  following.continueBuild(() => true);
  const live = livePages(log).map((page) => {
    const startMs = performance.now();
    log.add(page);
    following.update(0);
    return performance.now() - startMs;
  });
  const search = turnsOf(() =>
    matchesFor(log, filterOf({ kind: 'text', text: 'fabrikam', negated: false }), newestFirst),
  );
  return [
    atMost(name('a new filter to its first rows'), first, isLarge ? 60 : 30, ms),
    atMost(name('counts of all steps'), allCounted, isLarge ? 40 : 5, ms),
    shown(
      name('the same in a range, or with a word, for the first time'),
      `${ms(recounted(filterOf()))}, ${ms(recounted(word))}`,
    ),
    atMost(name('people counted'), people, 30, ms),
    shown(name('one new event, p50'), `${median(live).toFixed(3)} ms`),
    atMost(
      name('filter: longest turn that keeps a key waiting'),
      median(builds.map(({ turns }) => largest(turns))),
      30,
      ms,
    ),
    atMost(name('sort: median turn of the slowest column'), largest(sorts.map(({ turns }) => median(turns))), 30, ms),
    shown(
      name('sort: all rows in order, code / who / correlation'),
      sorts.map(({ turns }) => ms(sum(turns))).join(' / '),
    ),
    atMost(name('search: longest turn'), largest(search.turns), 30, ms),
  ];
}

function filled(events: number): EventLog {
  const log = new EventLog({ maxEvents: events + 1_000, packer: rawPacker });
  for (const text of samplePages(events, PAGE_ROWS, 1)) log.add(parsed(text));
  return log;
}

function parsed(text: string): readonly LogEvent[] {
  const { value }: { value: unknown[] } = JSON.parse(text);
  return value.map((row) => parseEvent(row)).flatMap((row) => (row.ok ? [row.event] : []));
}

/** Events newer than all that is held, one by one. */
function livePages(log: EventLog): readonly (readonly LogEvent[])[] {
  const newestMs = log.timeMs(log.order.at(log.size - 1));
  const [text = ''] = samplePages(500, 500, 99);
  return parsed(text).map((event, index) => [{ ...event, timeMs: newestMs + 1 + index }]);
}

const sorting = (log: EventLog, column: ColumnName) =>
  turnsOf(() => matchesFor(log, filterOf(), { column, ascending: true }));

/** Milliseconds of each turn until all is built. */
function turnsOf(begin: () => Matches): { readonly turns: readonly number[] } {
  const matches = begin();
  const turns: number[] = [];
  for (let isComplete = false; !isComplete; ) {
    const startMs = performance.now();
    let slices = 0;
    isComplete = matches.continueBuild(() => ++slices < SLICES_A_TURN);
    turns.push(performance.now() - startMs);
  }
  return { turns };
}

function timed(work: () => unknown): number {
  return median(
    Array.from({ length: RUNS }, () => {
      const startMs = performance.now();
      work();
      return performance.now() - startMs;
    }),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
