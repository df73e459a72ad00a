/** The screen of figures in the whole program: every figure is what the tenant itself knows to be true, and opens as many attempts. */
import { afterEach, describe, expect, it } from 'vitest';
import { SeededRandom } from '../src/demo/random.ts';
import type { DemoTenant } from '../src/demo/tenant.ts';
import { outcomeOf } from '../src/signup/outcome.ts';
import { insightFigures } from '../src/store/insight.ts';
import { type InsightRow, insightRows } from '../src/store/insight-rows.ts';
import { rowCount } from '../src/store/table-cursor.ts';
import { settle } from './support/manual-clock.ts';
import { startProgram, type WholeProgram } from './support/whole-program.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** By then a row that became visible has been read: the long look back comes every five minutes. */
const READ_WITHIN_MS = 400_000;

type TrueAttempt = ReturnType<DemoTenant['truth']['attempts']>[number];

interface Known {
  readonly attempt: TrueAttempt;
  readonly stages: TrueAttempt['stages'];
  readonly outcome: 'created' | 'failed' | 'inProgress' | 'noFurtherEvent';
}

let running: WholeProgram | null = null;
afterEach(async () => {
  await running?.end();
  running = null;
});

/** The figures for a range, all of it and of the one before loaded. */
async function open(range: string, query: string): Promise<WholeProgram> {
  const draw = new SeededRandom('figures', 1);
  const program = await startProgram(3, () => draw.unit());
  running = program;
  const { press, clock, store } = program;
  await clock.advance(10 * MINUTE_MS);
  await press(range);
  if (query !== '') {
    await press(':');
    store.dispatch({ type: 'text.pasted', text: query });
    await press('enter');
  }
  await press('i L');
  for (let minute = 0; minute < 30 && !store.getState().feed.backfill.complete; minute++)
    await clock.advance(MINUTE_MS);
  // What came late while all that was read.
  await clock.advance(READ_WITHIN_MS);
  expect(store.getState().feed.backfill.complete).toBe(true);
  return program;
}

/** The attempts that began in [fromMs, toMs), as far as their events have been read; none may be missing that had time to be. */
function truthOf({ store, tenant, clock }: WholeProgram, fromMs: number, toMs: number): readonly Known[] {
  const { log, nowMs, insight, filter } = store.getState();
  const readFromMs = (insight?.spanBefore?.fromMs ?? filter.since?.atMs ?? 0) - 2 * HOUR_MS;
  const held = new Set<string>();
  for (let rank = 0; rank < log.size; rank++) {
    const position = log.order.at(rank);
    held.add(`${log.correlationId(position)} ${Math.floor(log.timeMs(position))}`);
  }
  const missed: string[] = [];
  const known = tenant.truth.attempts({ fromMs: fromMs - 2 * HOUR_MS, toMs }).flatMap((attempt): Known[] => {
    const stages = attempt.stages.filter(({ timeMs, visibleAtMs }) => {
      if (timeMs < readFromMs) return false;
      const isHeld = held.has(`${attempt.correlationId} ${Math.floor(timeMs)}`);
      if (!isHeld && visibleAtMs <= clock.now() - READ_WITHIN_MS) missed.push(`${attempt.correlationId} at ${timeMs}`);
      return isHeld;
    });
    const [first, last] = [stages[0], stages.at(-1)];
    if (!first || !last || first.timeMs < fromMs || first.timeMs >= toMs) return [];
    const isOver = stages.length === attempt.stages.length && nowMs - last.timeMs > 30 * MINUTE_MS;
    const hasFailed = ['failed', 'unknown'].includes(outcomeOf(last.errorCode));
    const isCreated = stages.some(({ stage, errorCode }) => stage === 'userCreation' && errorCode === 0);
    const isOpen = nowMs - last.timeMs < 30 * MINUTE_MS ? 'inProgress' : 'noFurtherEvent';
    const outcome = isOver ? attempt.outcome : isCreated ? 'created' : hasFailed ? 'failed' : isOpen;
    return [{ attempt, stages, outcome }];
  });
  expect(missed).toEqual([]);
  return known;
}

/** What each figure of a line should be, in its order. */
function expected(row: InsightRow, all: readonly Known[]): readonly number[] {
  const count = (fits: (known: Known) => boolean) => all.filter(fits).length;
  const lastOf = ({ stages }: Known) => stages.at(-1);
  switch (row.kind) {
    case 'outcomes':
      return [
        all.length,
        ...(['created', 'failed', 'noFurtherEvent', 'inProgress'] as const).map((outcome) =>
          count((known) => known.outcome === outcome),
        ),
      ];
    case 'accounts':
      return (['local', 'social'] as const).map((account) => count(({ attempt }) => attempt.account === account));
    case 'stage': {
      const isLost = (known: Known) => known.outcome === 'failed' || known.outcome === 'noFurtherEvent';
      const { stage } = row.stage;
      return [
        count((known) => isLost(known) && lastOf(known)?.stage === stage),
        count(({ stages }) => stages.some((each) => each.stage === stage)),
      ];
    }
    case 'code':
      return [count((known) => known.outcome === 'failed' && lastOf(known)?.cause === row.count.code)];
    case 'failure': {
      const { cluster, sinceMs } = row.failure;
      const { code, appId, stage } = cluster;
      return [
        count(
          (known) =>
            known.outcome === 'failed' &&
            (known.stages[0]?.timeMs ?? 0) >= sinceMs &&
            known.attempt.appId === appId &&
            lastOf(known)?.cause === code &&
            lastOf(known)?.stage === stage,
        ),
      ];
    }
    case 'part':
      return [count(({ attempt }) => attempt.provider === row.part.value)];
    // These count people.
    case 'alarm':
    case 'recent':
    case 'histogram':
      return [];
  }
}

/** What each figure of a line is. */
function shown(row: InsightRow, figures: ReturnType<typeof insightFigures>): readonly number[] {
  const { funnel, local, social } = figures;
  switch (row.kind) {
    case 'outcomes':
      return [funnel.attempts, funnel.created, funnel.failed, funnel.noFurtherEvent, funnel.inProgress];
    case 'accounts':
      return [local.attempts, social.attempts];
    case 'stage':
      return [row.stage.lost, row.stage.reached];
    case 'code':
      return [row.count.attempts];
    case 'failure':
      return [row.failure.sinceThen];
    case 'part':
      return [row.part.funnel.attempts];
    case 'alarm':
    case 'recent':
    case 'histogram':
      return [];
  }
}

/** The line of the open screen with that number, and one of its figures. */
function figureAt({ store }: WholeProgram, index: number, at: number): readonly [InsightRow, number] {
  const state = store.getState();
  if (!state.insight) throw new Error('the screen is not open');
  const figures = insightFigures(state, state.insight);
  const row = insightRows(figures, state.insight)[index];
  if (!row) throw new Error('there is no such line');
  return [row, shown(row, figures)[at] ?? -1];
}

describe('the screen of figures', () => {
  it.each([
    ['24 hours', '4', ''],
    ['24 hours of social accounts', '4', 'account:social'],
    ['3 days', '5', ''],
    ['3 days of social accounts', '5', 'account:social'],
  ])(
    'of %s is what the tenant knows, and every figure opens as many attempts',
    async (_, range, query) => {
      const program = await open(range, query);
      const { store, press } = program;
      const state = store.getState();
      const { insight, filter, nowMs } = state;
      if (!insight?.spanBefore) throw new Error('the screen is not open');
      const sinceMs = filter.since?.atMs ?? 0;
      const ofAccount = ({ attempt }: Known) => query === '' || attempt.account === 'social';
      const now = truthOf(program, sinceMs, nowMs).filter(ofAccount);
      const figures = insightFigures(state, insight);
      const rows = insightRows(figures, insight);
      const line = (row: InsightRow, numbers: readonly number[]) => `${row.key}: ${numbers.join(' ')}`;
      expect(rows.map((row) => line(row, shown(row, figures)))).toEqual(
        rows.map((row) => line(row, expected(row, now))),
      );
      expect(now.length).toBeGreaterThan(200);

      // The range before, and what became of the difference.
      const { fromMs, toMs } = insight.spanBefore;
      const before = truthOf(program, fromMs, toMs).filter(ofAccount);
      expect(figures.before).toMatchObject({
        attempts: before.length,
        created: before.filter(({ outcome }) => outcome === 'created').length,
        failed: before.filter(({ outcome }) => outcome === 'failed').length,
      });

      // And each figure opens its attempts, as they are at that moment.
      const opened: string[] = [];
      const promised: string[] = [];
      for (const [index, { figures: own }] of rows.entries()) {
        for (const at of own.keys()) {
          const [row, count] = figureAt(program, index, at);
          if (row.kind === 'alarm' || row.kind === 'recent') continue;
          promised.push(`${row.key} ${at}: ${count}`);
          await press(['g', ...Array<string>(index).fill('j'), ...Array<string>(at).fill('l'), 'enter'].join(' '));
          while (!store.getState().matches.isComplete) await settle();
          opened.push(`${row.key} ${at}: ${rowCount(store.getState())}`);
          await press('[ i');
        }
      }
      expect(opened).toEqual(promised);
    },
    60_000,
  );
});
