/** Filtering an incident, in the whole program: in a hurry, on a slow line, and with a Graph that does not do what it is asked. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../src/demo/faults.ts';
import { SeededRandom } from '../src/demo/random.ts';
import { outcomeOf } from '../src/signup/outcome.ts';
import { NOON_MS } from './support/events.ts';
import { startProgram, type WholeProgram } from './support/whole-program.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

interface TrueRow {
  readonly stage: string;
  readonly errorCode: number;
  readonly provider: string;
  readonly appName: string;
}
type Wanted = (row: TrueRow) => boolean;

let running: WholeProgram | null = null;
afterEach(async () => {
  await running?.end();
  running = null;
});

async function started(seed: number): Promise<WholeProgram> {
  const draw = new SeededRandom('triage', seed);
  running = await startProgram(seed, () => draw.unit());
  return running;
}

/** The rows that are shown, and those that the tenant has of the last day; late ones left out. */
function rowsOf({ store, clock, tenant }: WholeProgram, isWanted: Wanted) {
  const { matches, log } = store.getState();
  // What turned up in the last minutes may have come since the last look.
  const untilMs = clock.now() - HOUR_MS;
  const shown = Array.from({ length: matches.size }, (_, rank) => matches.at(rank))
    .filter((position) => log.timeMs(position) <= untilMs)
    .map((position) => `${log.correlationId(position)} ${log.stage(position)} ${Math.floor(log.timeMs(position))}`);
  const fromMs = NOON_MS - DAY_MS;
  const right = tenant.truth
    .attempts({ fromMs: fromMs - 2 * HOUR_MS, toMs: untilMs })
    .flatMap(({ correlationId, provider, appName, stages }) =>
      stages
        .filter(({ timeMs }) => timeMs >= fromMs && timeMs <= untilMs)
        .filter(({ stage, errorCode }) => isWanted({ stage, errorCode, provider, appName }))
        .map(({ stage, timeMs }) => `${correlationId} ${stage} ${Math.floor(timeMs)}`),
    );
  return { shown: shown.sort(), right: right.sort() };
}

/** Reads the whole range, and what came late in it. */
async function readAll({ store, clock, press }: WholeProgram): Promise<void> {
  for (let page = 0; page < 60 && !store.getState().feed.backfill.complete; page++) {
    await press('G');
    await clock.advance(20_000);
  }
  expect(store.getState().feed.backfill.complete).toBe(true);
  await clock.advance(400_000);
}

async function filterBy({ press, store }: WholeProgram, query: string): Promise<void> {
  await press(': ctrl+u');
  store.dispatch({ type: 'text.pasted', text: query });
  await press('enter');
}

const hasFailed: Wanted = ({ errorCode }) => ['failed', 'unknown'].includes(outcomeOf(errorCode));

describe('a filter that is changed every 100 ms for 10 s while pages come slowly', () => {
  it.each([1, 2, 3])(
    'ends in the right rows, with no more than 4 requests in any 10 s (tenant %i)',
    async (seed) => {
      const program = await started(seed);
      const { tenant, clock, press, store } = program;
      tenant.faults.always({ kind: 'slow', delayMs: 1_700 });
      const changes = [
        'f space',
        'right space',
        'down space',
        'right space',
        'X',
        'left space',
        'right right space',
        'x',
      ];
      for (let change = 0; change < 100; change++) {
        await press(changes[change % changes.length] ?? 'X');
        await clock.advance(100);
      }
      await press('esc');
      await filterBy(program, 'outcome:failed stage:credentialValidation');
      await readAll(program);
      const { shown, right } = rowsOf(program, (row) => hasFailed(row) && row.stage === 'credentialValidation');
      expect(shown).toEqual(right);
      expect(right.length).toBeGreaterThan(20);
      const times = store.getState().calls.map(({ atMs }) => atMs);
      const most = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 10_000).length));
      expect(most).toBeLessThanOrEqual(4);
      expect(times.length).toBeLessThan(200);
    },
    60_000,
  );
});

describe('a Graph that does not do what it is asked', () => {
  const isFiltered = (request: Request) => new URL(request.url).searchParams.get('$filter') !== null;
  const namesField =
    (...fields: string[]) =>
    (request: Request) =>
      fields.some((field) => (new URL(request.url).searchParams.get('$filter') ?? '').includes(field));

  it.each<[string, Fault, (request: Request) => boolean]>([
    ['ignores every condition', { kind: 'filterIgnored' }, isFiltered],
    [
      'refuses half of the fields',
      { kind: 'invalidFilter' },
      namesField('signUpStage', 'status/errorCode', 'signUpIdentityProvider'),
    ],
  ])(
    'and %s still leaves the right rows on the screen',
    async (_, fault, when) => {
      const program = await started(4);
      program.tenant.faults.always(fault, when);
      await filterBy(program, 'outcome:failed account:local app:"Contoso Shop"');
      await readAll(program);
      const { shown, right } = rowsOf(
        program,
        (row) => hasFailed(row) && row.provider.startsWith('Email ') && row.appName === 'Contoso Shop',
      );
      expect(shown).toEqual(right);
      expect(right.length).toBeGreaterThan(20);
    },
    60_000,
  );
});
