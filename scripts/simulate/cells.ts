/** What is simulated: tenants of different sizes and habits, ranges of different lengths, and things that go wrong. */
import type { TenantSettings, Trouble } from './tenant.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** An afternoon. */
const NOW_MS = 20_000 * DAY_MS + 15 * HOUR_MS;

export interface Cell {
  readonly group: 'unchanged' | 'outages' | 'declines';
  readonly rate: number;
  readonly rangeText: string;
  readonly habit: string;
  readonly runs: number;
  readonly nowMs: number;
  readonly range: { readonly fromMs: number; readonly toMs: number };
  readonly tenant: TenantSettings;
  readonly trouble: Trouble | null;
}

const rates = [60, 300, 1_000, 3_000] as const;
const lengths: readonly (readonly [text: string, ms: number])[] = [
  ['15m', 15 * MINUTE_MS],
  ['30m', 30 * MINUTE_MS],
  ['1h', HOUR_MS],
  ['4h', 4 * HOUR_MS],
  ['24h', DAY_MS],
  ['3d', 3 * DAY_MS],
  ['7d', 7 * DAY_MS],
];
type Habit = readonly [name: string, change: (range: Cell['range']) => Partial<TenantSettings>];
const habits: readonly Habit[] = [
  ['one try each', () => ({})],
  ['1.5 tries each', () => ({ triesPerPerson: 1.5 })],
  ['3 tries each', () => ({ triesPerPerson: 3 })],
  ['daily rhythm', () => ({ hasRhythm: true })],
  ['another mix', ({ fromMs }) => ({ mixChangesMs: fromMs })],
];

/** A cell is not worth more attempts than this; it has fewer runs instead. */
const MOST_ATTEMPTS = 300_000;
const [FEWEST_RUNS, MOST_RUNS] = [20, 200];
/** Nor is one left out that needs no more than this for the fewest runs. */
const MOST_FOR_FEWEST = 1_200_000;

/** Every cell, those of a group side by side. */
export function allCells(): readonly Cell[] {
  return [...unchanged(), ...outages(), ...declines()];
}

function unchanged(): readonly Cell[] {
  return rates.flatMap((rate) =>
    lengths.flatMap((length) => {
      const bulk = (rate * length[1] * 2) / HOUR_MS;
      return habits.flatMap((habit) =>
        [0, 3 * HOUR_MS].flatMap((agoMs) => {
          const runs = Math.max(FEWEST_RUNS, Math.min(MOST_RUNS, Math.floor(MOST_ATTEMPTS / bulk)));
          return FEWEST_RUNS * bulk > MOST_FOR_FEWEST ? [] : [cellOf({ rate, length, habit, agoMs, runs })];
        }),
      );
    }),
  );
}

interface Choice {
  readonly rate: number;
  readonly length: (typeof lengths)[number];
  readonly habit: Habit;
  readonly agoMs: number;
  readonly runs: number;
}

function cellOf({ rate, length: [text, lengthMs], habit: [habit, change], agoMs, runs }: Choice): Cell {
  const range = { fromMs: NOW_MS - agoMs - lengthMs, toMs: NOW_MS - agoMs };
  const tenant = {
    attemptsPerHour: rate,
    fromMs: range.fromMs - lengthMs - 2 * HOUR_MS,
    toMs: NOW_MS,
    triesPerPerson: 1,
    ...change(range),
  };
  const rangeText = agoMs === 0 ? `${text} to now` : `${text}, ended 3 h ago`;
  return { group: 'unchanged', rate, rangeText, habit, runs, nowMs: NOW_MS, range, tenant, trouble: null };
}

/** How long before now an outage of the cells begins; the page is looked at every minute from then on. */
export const OUTAGE_MS = 60 * MINUTE_MS;

function outages(): readonly Cell[] {
  const kinds: readonly Trouble[] = ['mail', 'extension', 'provider'];
  const watched = lengths.filter(([text]) => ['30m', '1h', '4h', '24h'].includes(text));
  return kinds.flatMap((kind) =>
    rates.flatMap((rate) =>
      watched.flatMap((length) => {
        const bulk = (rate * length[1] * 2) / HOUR_MS;
        if (10 * bulk > MOST_ATTEMPTS) return [];
        const runs = Math.max(10, Math.min(40, Math.floor(MOST_ATTEMPTS / 4 / bulk)));
        const cell = cellOf({ rate, length, habit: ['one try each', () => ({})], agoMs: 0, runs });
        const trouble = { kind, fromMs: NOW_MS - OUTAGE_MS };
        const fromMs = cell.tenant.fromMs - OUTAGE_MS;
        return [{ ...cell, group: 'outages' as const, tenant: { ...cell.tenant, fromMs, trouble }, trouble: kind }];
      }),
    ),
  );
}

function declines(): readonly Cell[] {
  return rates.flatMap((rate) =>
    lengths
      .filter(([text]) => ['4h', '24h'].includes(text))
      .flatMap((length) => {
        const bulk = (rate * length[1] * 2) / HOUR_MS;
        if (FEWEST_RUNS * bulk > MOST_FOR_FEWEST) return [];
        const runs = Math.max(FEWEST_RUNS, Math.min(MOST_RUNS, Math.floor(MOST_ATTEMPTS / bulk)));
        const habit: Habit = [
          'half as many at the end',
          ({ fromMs }) => ({ declinesFromMs: fromMs, triesPerPerson: 1.5 }),
        ];
        return [{ ...cellOf({ rate, length, habit, agoMs: 0, runs }), group: 'declines' as const }];
      }),
  );
}
