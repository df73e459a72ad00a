import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../src/demo/random.ts';
import { placeOf } from '../src/store/press-key.ts';
import { NOON_MS } from './support/events.ts';
import { startProgram, type WholeProgram } from './support/whole-program.ts';

/** By then a row that became visible has been read: the long look back comes every five minutes. */
const READ_WITHIN_MS = 400_000;

const gestures = [
  'f space enter',
  'f down space enter',
  'f right space enter',
  'f right right right space enter',
  'f X enter',
  'f x enter',
  ': ctrl+u enter',
  '+ enter',
  'D',
  '[',
  'a',
  'space',
  'r',
  'G',
  'g',
  'pagedown',
  '.',
  'enter',
  'esc',
  'j',
  '/ a enter',
  'n',
  'V 1',
  'V 2',
  'V 3',
  'V j enter',
  'i',
  'i j enter',
  'i j j j l enter',
  'i G l l space l enter',
  'i d L',
  'o',
  'O',
  'e',
  'E',
  'm',
  'u',
  'U',
  'c esc',
  'c x enter',
  'R',
  'x esc',
  'x space j S enter',
  'S j S esc',
  'shift+right',
  'P f',
  'p esc',
  's',
  'tab J K tab',
  '@ j esc',
  't',
];

/** Events of the range that is shown that are visible for long enough and yet not held, with how late they were, in minutes. */
function missing({ store, clock, tenant }: WholeProgram): readonly string[] {
  const { log, filter } = store.getState();
  const held = new Set<string>();
  for (let rank = 0; rank < log.size; rank++) {
    const position = log.order.at(rank);
    held.add(`${log.correlationId(position)} ${log.stage(position)} ${Math.floor(log.timeMs(position))}`);
  }
  const fromMs = (filter.since?.atMs ?? NOON_MS) + 1000;
  return tenant.truth.attempts({ fromMs: fromMs - 3_600_000, toMs: clock.now() }).flatMap((attempt) =>
    attempt.stages
      .filter(({ timeMs, visibleAtMs }) => timeMs >= fromMs && visibleAtMs <= clock.now() - READ_WITHIN_MS)
      .filter(({ stage, timeMs }) => !held.has(`${attempt.correlationId} ${stage} ${Math.floor(timeMs)}`))
      .map(
        ({ timeMs, visibleAtMs }) => `${new Date(timeMs).toISOString()}, ${(visibleAtMs - timeMs) / 60_000} min late`,
      ),
  );
}

describe('whatever keys are pressed, and whenever', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'no event of the range is lost (walk %i)',
    async (seed) => {
      const draw = new SeededRandom('walk', seed);
      const random = () => draw.unit();
      const program = await startProgram(seed, random);
      const { store, clock, press } = program;
      const trail: string[] = [];
      for (let step = 0; step < 40; step++) {
        const gesture = gestures[Math.floor(random() * gestures.length)] ?? 'j';
        const longest = [1_500, 30_000, 600_000][Math.floor(random() * 3)] ?? 0;
        trail.push(gesture);
        await press(gesture);
        await clock.advance(random() * longest);
      }
      await press('esc esc esc esc V 1');
      if (store.getState().feed.paused) await press('space');
      await press('R G');
      expect(placeOf(store.getState()), trail.join(' | ')).toBe('table');
      for (let page = 0; page < 40 && !store.getState().feed.backfill.complete; page++) {
        await press('G');
        await clock.advance(30_000);
      }
      await clock.advance(READ_WITHIN_MS + 20_000);
      expect(store.getState().feed.backfill.complete, trail.join(' | ')).toBe(true);
      expect(missing(program), trail.join(' | ')).toEqual([]);
      await program.end();
    },
    120_000,
  );
});
