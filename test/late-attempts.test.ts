/** Attempts whose events turn up minutes late and in the wrong order, in the whole program: their rows are right all the time. */
import { afterEach, describe, expect, it } from 'vitest';
import { SeededRandom } from '../src/demo/random.ts';
import type { DemoTenant } from '../src/demo/tenant.ts';
import { outcomeOf } from '../src/signup/outcome.ts';
import { stageLabel } from '../src/signup/stages.ts';
import { attemptWord } from '../src/ui/attempt-words.ts';
import { glyphsOf } from '../src/ui/glyphs.ts';
import { tableLines } from '../src/ui/table-lines.ts';
import { NOON_MS } from './support/events.ts';
import { startProgram, type WholeProgram } from './support/whole-program.ts';

const MINUTE_MS = 60_000;
const STEP_MS = 10_000;

type TrueAttempt = ReturnType<DemoTenant['truth']['attempts']>[number];
type TrueStage = TrueAttempt['stages'][number];

let running: WholeProgram | null = null;
afterEach(async () => {
  await running?.end();
  running = null;
});

/** An attempt of the next hours whose events show in another order than they happened, over minutes, and change its outcome. */
function shuffled({ truth }: DemoTenant, outcome: string): TrueAttempt {
  const span = { fromMs: NOON_MS + MINUTE_MS, toMs: NOON_MS + 90 * MINUTE_MS };
  const found = truth.attempts(span).find(({ stages, outcome: inTheEnd }) => {
    const shown = stages.toSorted((a, b) => a.visibleAtMs - b.visibleAtMs);
    const lateBy = (shown.at(-1)?.visibleAtMs ?? 0) - (shown[0]?.visibleAtMs ?? 0);
    const outcomes = shown.map((stage, index) => {
      const soFar = stages.filter((each) => shown.indexOf(each) <= index);
      return outcomeBy(soFar, stage.visibleAtMs);
    });
    // Far enough apart that the program sees them one after the other.
    const changes = shown.some((stage, index) => {
      const next = shown[index + 1];
      return next && outcomes[index] !== outcomes[index + 1] && next.visibleAtMs - stage.visibleAtMs > MINUTE_MS;
    });
    return (
      inTheEnd === outcome &&
      shown.some((stage, index) => stage !== stages[index]) &&
      shown[0] !== stages[0] &&
      lateBy > 4 * MINUTE_MS &&
      lateBy < 16 * MINUTE_MS &&
      (outcome === 'noFurtherEvent' || changes)
    );
  });
  if (!found) throw new Error('there is no such attempt');
  return found;
}

/** The events of the attempt that the program holds. */
function held({ store }: WholeProgram, { correlationId, stages }: TrueAttempt): readonly TrueStage[] {
  const { log } = store.getState();
  const times = log.ofCorrelation(correlationId).map((position) => Math.floor(log.timeMs(position)));
  return stages.filter(({ timeMs }) => times.includes(Math.floor(timeMs)));
}

function outcomeBy(stages: readonly TrueStage[], nowMs: number) {
  const last = stages.at(-1);
  if (stages.some(({ stage, errorCode }) => stage === 'userCreation' && errorCode === 0)) return 'created';
  if (['failed', 'unknown'].includes(outcomeOf(last?.errorCode ?? 0))) return 'failed';
  return nowMs - (last?.timeMs ?? 0) < 30 * MINUTE_MS ? 'inProgress' : 'noFurtherEvent';
}

/** The rows of the attempt in the table, counted from 0 at the top. */
function rowsOf({ store }: WholeProgram, { correlationId }: TrueAttempt): readonly number[] {
  const { log, matches } = store.getState();
  const rows = Array.from({ length: matches.size }, (_, row) => row);
  return rows.filter((row) => log.correlationId(matches.at(matches.size - 1 - row)) === correlationId);
}

const glyphs = glyphsOf(false);
const cursorLine = ({ store }: WholeProgram) => {
  const lines = tableLines(store.getState(), glyphs).map((line) => line.map(({ text }) => text).join(''));
  const at = lines.findIndex((line) => line.startsWith(glyphs.cursor));
  return { at, text: lines[at] ?? '' };
};

describe('an attempt whose events come in the wrong order', () => {
  it.each(['created', 'failed', 'noFurtherEvent'] as const)(
    'has one row that is right after each of them, under a cursor that stays (in the end: %s)',
    async (outcome) => {
      const draw = new SeededRandom('late', 1);
      const program = await startProgram(6, () => draw.unit());
      running = program;
      const { clock, press, store, tenant } = program;
      const attempt = shuffled(tenant, outcome);
      await press('a');
      while (held(program, attempt).length === 0) await clock.advance(STEP_MS);
      await press(['g', ...Array<string>(rowsOf(program, attempt)[0] ?? 0).fill('j'), 'j', 'k'].join(' '));
      let place = cursorLine(program).at;
      const arrivals: number[] = [];
      const outcomes = new Set<string>();
      // By then it is given up, if nothing has ended it.
      const endMs = clock.now() + 50 * MINUTE_MS;
      for (let count = 0; clock.now() < endMs; await clock.advance(STEP_MS)) {
        const stages = held(program, attempt);
        const { nowMs, log, table } = store.getState();
        const rows = rowsOf(program, attempt);
        expect(rows).toHaveLength(1);
        expect(log.correlationId(log.positionOf(table.cursorId ?? ''))).toBe(attempt.correlationId);
        const { at, text } = cursorLine(program);
        // On its line, unless not so many rows are left above it: others can move down.
        place = Math.min(place, (rows[0] ?? 0) + 1);
        expect(at).toBe(place);
        const expected = outcomeBy(stages, nowMs);
        outcomes.add(expected);
        expect(text).toContain(attemptWord(expected, glyphs).text);
        expect(text).toContain(new Date(stages[0]?.timeMs ?? 0).toISOString().slice(11, 19));
        expect(text).toContain(stageLabel(stages.at(-1)?.stage ?? ''));
        if (stages.length > count)
          arrivals.push(
            ...stages.map((stage) => attempt.stages.indexOf(stage)).filter((index) => !arrivals.includes(index)),
          );
        count = stages.length;
      }
      expect(arrivals).toHaveLength(attempt.stages.length);
      expect(arrivals).not.toEqual(attempt.stages.map((_, index) => index));
      expect(outcomes.size).toBeGreaterThan(1);
    },
  );
});
