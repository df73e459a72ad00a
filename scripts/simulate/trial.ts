/** One page of figures about one made-up tenant, made by the same code as the program's. */
import { SeededRandom } from '../../src/demo/random.ts';
import { type Page, pageOf } from '../../src/figures/page.ts';
import { Sample } from '../../src/figures/sample.ts';
import { type AttemptShape, attemptShape, FOLLOW_UP_MS } from '../../src/signup/attempt.ts';
import { attemptsOf, type MadeAttempt, type TenantSettings } from './tenant.ts';

export interface Question {
  readonly tenant: TenantSettings;
  readonly range: { readonly fromMs: number; readonly toMs: number };
  readonly nowMs: number;
}

/** The page at `nowMs`, of what the log shows by then. */
export function pageFor({ tenant, range, nowMs }: Question, seed: string, number: number): Page {
  return pageAt([...attemptsOf(tenant, new SeededRandom(seed, number))], range, nowMs);
}

/** The same of attempts that were made before. */
export function pageAt(made: readonly MadeAttempt[], range: Question['range'], nowMs: number): Page {
  const before = { fromMs: 2 * range.fromMs - range.toMs, toMs: range.fromMs };
  const sample = new Sample(before);
  const fromMs = Math.min(before.fromMs, range.fromMs - FOLLOW_UP_MS);
  const shapes = new Map<string, AttemptShape>();
  for (const { rows, app, provider, identifier } of made) {
    const shown = rows.filter(({ shownMs, timeMs }) => shownMs <= nowMs && timeMs <= nowMs);
    const startMs = shown[0]?.timeMs ?? Number.NaN;
    if (!(startMs >= fromMs && startMs < range.toMs)) continue;
    const key = `${app} ${provider} ${shown.map(({ stage, code }) => `${stage} ${code}`).join()}`;
    const shape = shapes.get(key) ?? shapeOf(shown, app, provider);
    shapes.set(key, shape);
    sample.add({
      identifier,
      shape,
      steps: shown.map(({ stage, code, timeMs }) => ({ stage, cause: code, timeMs })),
    });
  }
  return pageOf(sample, { range, before, nowMs, isChosenByOutcome: false });
}

function shapeOf(rows: MadeAttempt['rows'], appId: string, provider: string): AttemptShape {
  return attemptShape(rows.map(({ stage, code }) => ({ stage, errorCode: code, listeners: [], provider, appId })));
}

/** What a page says that is not true of a tenant on which nothing has changed, and whose social and local accounts do as well. */
export function statementsOf(page: Page): readonly string[] {
  const isTold = ({ verdict }: { readonly verdict: string }) => verdict === 'significant';
  return [
    ...page.alarms.map((alarm) =>
      alarm.kind === 'stuck'
        ? `stuck ${alarm.stuck.group.kind} ${alarm.stuck.stage}`
        : `failing ${alarm.failing.cluster.code}`,
    ),
    ...(page.conversion && isTold(page.conversion) ? ['conversion'] : []),
    ...page.stages.filter(isTold).map(({ stage }) => `stage ${stage}`),
    ...page.failures.filter(isTold).map(({ cluster }) => `failure ${cluster.code}`),
    ...(page.accounts && isTold(page.accounts) ? ['accounts'] : []),
  ];
}
