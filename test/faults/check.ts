/** What the catalogue of faults is made of, and the usual ways to check that a fault does no harm. */
import { expect } from 'vitest';
import type { Background } from './lab/background.ts';
import { goesOn, type Mode, modes, type Running, Scene, type SceneOptions } from './lab/scene.ts';

export const groups = [
  'Clocks',
  'Answers of Graph',
  'Late events',
  'Request budget',
  'Files',
  'Texts and data',
  'Ending',
  'Networks',
  'Terminals',
] as const;

export type Check = (scene: Scene) => Promise<void>;

/** A reason instead of a check: the fault cannot meet that way of using the program. */
export interface NotApplicable {
  readonly because: string;
}

export interface FaultClass {
  readonly group: (typeof groups)[number];
  /** As a row of the matrix. */
  readonly title: string;
  readonly options?: SceneOptions;
  readonly checks: Readonly<Record<Mode, Check | NotApplicable>>;
  /** Checked with every test run; the others take `npm run test:faults`. */
  readonly fast?: readonly Mode[];
}

type Naming = Pick<FaultClass, 'group' | 'title' | 'options' | 'fast'>;

export function isApplicable(check: Check | NotApplicable): check is Check {
  return typeof check === 'function';
}

/** Runs one check in a scene of its own. */
export async function runCheck({ checks, options }: FaultClass, mode: Mode): Promise<void> {
  const check = checks[mode];
  if (!isApplicable(check)) return;
  const scene = await Scene.open(mode, options);
  try {
    await check(scene);
    expect(scene.lab.mistakes).toEqual([]);
  } finally {
    await scene.close();
  }
}

const readsOnce = { because: 'reads once and ends' };
export const onePageOnly = { because: 'one page holds all that it asks for' };

/** The same check for every mode but those that are excepted. */
export function everywhere(
  naming: Naming,
  check: Check,
  except: { readonly [mode in Mode]?: NotApplicable | Check } = {},
): FaultClass {
  return { ...naming, checks: record((mode) => except[mode] ?? check) };
}

/** For what only those meet that go on: screen and `tail`. */
export function live(naming: Naming, check: Check): FaultClass {
  return { ...naming, checks: record((mode) => (goesOn(mode) ? check : readsOnce)) };
}

function record(of: (mode: Mode) => Check | NotApplicable): Record<Mode, Check | NotApplicable> {
  const [screen, tail, list, stats, attempts, trace] = modes;
  return {
    screen: of(screen),
    tail: of(tail),
    list: of(list),
    stats: of(stats),
    attempts: of(attempts),
    trace: of(trace),
  };
}

export interface Completion {
  /** Before the program starts. */
  readonly prepare?: (scene: Scene) => void | Promise<void>;
  /** What it must have told, wherever lines break; on the screen only where `onScreen` says so. */
  readonly told?: RegExp;
  readonly onScreen?: RegExp;
  /** After all rows are there. */
  readonly after?: (scene: Scene, running: Running) => void | Promise<void>;
}

/** All rows are there in the end, each once and no others, and the program ends as if nothing had been. */
export function completes({ prepare, told, onScreen, after }: Completion = {}): Check {
  return async (scene) => {
    await prepare?.(scene);
    const running = scene.start();
    await running.shows(scene.background);
    await after?.(scene, running);
    const words = scene.mode === 'screen' ? onScreen : told;
    if (words !== undefined) {
      await running.until(() => words.test(wordsOf(running)), `nothing said of ${words}`);
    }
    await endsWell(scene, running);
  };
}

export function wordsOf(running: Running): string {
  return running.told().replaceAll(/\s+/g, ' ');
}

/** Ends it as a person does; a second look makes sure that nothing was printed twice meanwhile. */
export async function endsWell({ mode }: Scene, running: Running): Promise<void> {
  expect(await running.end(), running.told()).toBe(mode === 'tail' ? 143 : 0);
}

export interface Failure {
  readonly prepare?: (scene: Scene) => void | Promise<void>;
  readonly code: number;
  readonly told: RegExp;
  /** Makes an end of the fault: what goes on recovers from it by itself. Null: nothing can. */
  readonly cure: ((scene: Scene) => void) | null;
  /** What goes on ends, too. */
  readonly endsAll?: boolean;
  /** Waiting cannot help, so what ends does not wait. */
  readonly atOnce?: boolean;
}

/** Less than one round of waiting and trying again used to take; the start of the program is in it. */
const AT_ONCE_MS = 45_000;

/** What reads once ends with the code and the reason; what goes on tells the reason, keeps trying, and recovers. */
export function fails({ prepare, code, told, cure, endsAll = false, atOnce = false }: Failure): Check {
  return async (scene) => {
    await prepare?.(scene);
    const startMs = scene.lab.clock.now();
    const running = scene.start();
    if (!goesOn(scene.mode) || endsAll) {
      expect(await running.ended(), running.told()).toBe(code);
      expect(wordsOf(running)).toMatch(told);
      expect(running.printed()).not.toContain('ExperimentalWarning');
      if (atOnce) expect(scene.lab.clock.now() - startMs).toBeLessThan(AT_ONCE_MS);
      return;
    }
    await running.until(() => told.test(wordsOf(running)), `nothing said of ${told}`);
    cure?.(scene);
    if (cure !== null) await running.shows(scene.background);
    await endsWell(scene, running);
  };
}

/** The background with rows that came later. */
export function withRows(background: Background, rows: readonly number[]): Background {
  return {
    ...background,
    inRange: [...background.inRange, ...rows],
    attempts: background.attempts + rows.length,
  };
}
