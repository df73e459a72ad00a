/** The log's clock of a running program: a guess at first, then what Graph's answers say. The rules are in `log-time.ts`. */
import type { Clock } from '../clock.ts';
import type { Moment } from '../facts/moment.ts';
import {
  CLOCK_TOLERANCE_MS,
  guessedLogTime,
  latestTimeAt,
  logTimeAt,
  type TimedAnswer,
  withAnswer,
} from './log-time.ts';

/** What an answer changed: the guess was off, or the answers turned out to be. */
export interface Correction {
  /** How far this computer's clock is ahead of the log's; negative when it is behind. */
  readonly computerAheadMs: number;
  /** Whom to believe from now on. */
  readonly source: 'computer' | 'graph';
}

export interface LogClock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** What the clock showed, or will show, at a moment. */
  msAt(moment: Moment): number;
  /** The latest time that it can be: what is newer does not exist. */
  latestMs(): number;
  /** Graph has told its time, and nothing contradicts it. */
  isKnown(): boolean;
  /** Learns from an answer; tells when times that were worked out before are wrong by more than a minute. */
  learn(answer: Omit<TimedAnswer, 'computerMs'>): Correction | null;
}

export function createLogClock(clock: Pick<Clock, 'now' | 'moment'>): LogClock {
  let time = guessedLogTime(clock.moment(), clock.now());
  return {
    nowMs: () => logTimeAt(time, clock.moment()),
    msAt: (moment) => logTimeAt(time, moment),
    latestMs: () => latestTimeAt(time, clock.moment()),
    isKnown: () => time.source === 'graph' && time.confirmed,
    learn: (answer) => {
      const before = time;
      time = withAnswer(time, { ...answer, computerMs: clock.now() });
      const { answeredAt } = answer;
      const movedMs = logTimeAt(time, answeredAt) - logTimeAt(before, answeredAt);
      // A computer that was suspended comes back with a clock that is right: nothing to tell.
      const computerAheadMs = clock.now() - logTimeAt(time, answeredAt);
      const changesSource = before.graphMs === null || before.source !== time.source;
      if (!changesSource || Math.abs(movedMs) <= CLOCK_TOLERANCE_MS) return null;
      return { computerAheadMs, source: time.source };
    },
  };
}
