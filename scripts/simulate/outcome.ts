/** What came of the runs of one cell, as numbers that can be sent from one thread to another. */
import { SeededRandom } from '../../src/demo/random.ts';
import type { Page } from '../../src/figures/page.ts';
import { type Cell, OUTAGE_MS } from './cells.ts';
import { attemptsOf, type MadeAttempt } from './tenant.ts';
import { pageAt, pageFor, statementsOf } from './trial.ts';

const MINUTE_MS = 60_000;

export interface CellOutcome {
  readonly runs: number;
  /** Pages that say anything that is significant. */
  readonly told: number;
  /** Such pages by what they say. */
  readonly byStatement: Readonly<Record<string, number>>;
  /** 95 % bounds that hold the true difference, 0, of those that there were. */
  readonly conversionCovered: number;
  readonly conversionBounds: number;
  readonly accountsCovered: number;
  readonly accountsBounds: number;
  /** Minutes from the outage to the first page whose first line names it, one per run; infinity when none did. */
  readonly minutesToTell: readonly number[];
  /** Minutes from the outage until Graph had shown the third person whom it had stopped. */
  readonly minutesToShow: readonly number[];
}

export function runCell(cell: Cell): CellOutcome {
  return cell.group === 'outages' ? watched(cell) : looked(cell);
}

function looked(cell: Cell): CellOutcome {
  const byStatement = new Map<string, number>();
  let [told, conversionCovered, conversionBounds, accountsCovered, accountsBounds] = [0, 0, 0, 0, 0];
  for (let run = 0; run < cell.runs; run++) {
    const page = pageFor(cell, seedOf(cell), run);
    const statements = new Set(statementsOf(page));
    if (statements.size > 0) told++;
    for (const statement of statements) byStatement.set(statement, (byStatement.get(statement) ?? 0) + 1);
    const [conversion, accounts] = [page.conversion?.interval, page.accounts?.interval];
    if (conversion && page.conversion?.verdict !== 'tooFew') {
      conversionBounds++;
      if (conversion.low <= 0 && conversion.high >= 0) conversionCovered++;
    }
    if (accounts && page.accounts?.verdict !== 'tooFew') {
      accountsBounds++;
      if (accounts.low <= 0 && accounts.high >= 0) accountsCovered++;
    }
  }
  const counts = { conversionCovered, conversionBounds, accountsCovered, accountsBounds };
  const bySize = Object.fromEntries([...byStatement].sort((a, b) => b[1] - a[1]));
  return { runs: cell.runs, told, byStatement: bySize, ...counts, minutesToTell: [], minutesToShow: [] };
}

/** Looks at a page each minute from the outage on, as somebody does who leaves the screen open. */
function watched(cell: Cell): CellOutcome {
  const minutesToTell: number[] = [];
  const minutesToShow: number[] = [];
  const startMs = cell.nowMs - OUTAGE_MS;
  for (let run = 0; run < cell.runs; run++) {
    const made = [...attemptsOf(cell.tenant, new SeededRandom(seedOf(cell), run))];
    minutesToShow.push((thirdShownMs(made, cell, startMs) - startMs) / MINUTE_MS);
    minutesToTell.push(minutesUntilTold(made, cell, startMs));
  }
  const none = { conversionCovered: 0, conversionBounds: 0, accountsCovered: 0, accountsBounds: 0 };
  return { runs: cell.runs, told: 0, byStatement: {}, ...none, minutesToTell, minutesToShow };
}

function minutesUntilTold(made: readonly MadeAttempt[], cell: Cell, startMs: number): number {
  const lengthMs = cell.range.toMs - cell.range.fromMs;
  for (let minute = 1; minute <= OUTAGE_MS / MINUTE_MS; minute++) {
    const nowMs = startMs + minute * MINUTE_MS;
    if (names(pageAt(made, { fromMs: nowMs - lengthMs, toMs: nowMs }, nowMs), cell)) return minute;
  }
  return Number.POSITIVE_INFINITY;
}

const places = {
  mail: 'credentialValidation',
  extension: 'attributeCollectionAndValidation',
  provider: 'credentialFederation',
} as const;

/** Whether the first line of the page is about what is out. */
function names({ alarms: [first] }: Page, { trouble }: Cell): boolean {
  if (first === undefined || trouble === null) return false;
  const stage = first.kind === 'stuck' ? first.stuck.stage : first.failing.cluster.stage;
  return stage === places[trouble];
}

/** When Graph shows the third person who has come to the stage since the outage began and is stopped there. */
function thirdShownMs(made: readonly MadeAttempt[], { trouble }: Cell, startMs: number): number {
  if (trouble === null) return Number.NaN;
  const shown = made
    .filter(({ app, provider }) => {
      if (trouble === 'mail') return provider === 'Email OTP';
      return trouble === 'extension' ? app === 'bank' : provider === 'Google';
    })
    .flatMap(({ rows }) =>
      rows.filter(({ stage, timeMs }) => stage === places[trouble] && timeMs >= startMs).slice(0, 1),
    )
    .map(({ shownMs }) => shownMs)
    .sort((a, b) => a - b);
  return shown[2] ?? Number.POSITIVE_INFINITY;
}

function seedOf({ group, rate, rangeText, habit, trouble }: Cell): string {
  return `${group} ${rate} ${rangeText} ${habit} ${trouble}`;
}
