/** What the log of the demo tenant holds, told by those who made it: what the program shows is compared with this. */
import type { DemoTenant } from '../../src/demo/tenant.ts';

type TrueAttempt = ReturnType<DemoTenant['truth']['attempts']>[number];
type TrueStage = TrueAttempt['stages'][number];

export interface TrueEvent extends TrueStage {
  readonly attempt: TrueAttempt;
}

const HOUR_MS = 3_600_000;

/** The events of [fromMs, toMs] that the log shows at `atMs`, newest first. */
export function eventsIn(
  { truth }: DemoTenant,
  { fromMs, toMs, atMs }: { readonly fromMs: number; readonly toMs: number; readonly atMs: number },
): readonly TrueEvent[] {
  return truth
    .attempts({ fromMs: fromMs - 2 * HOUR_MS, toMs: toMs + 1 })
    .flatMap((attempt) => attempt.stages.map((stage): TrueEvent => ({ ...stage, attempt })))
    .filter(({ timeMs, visibleAtMs }) => timeMs >= fromMs && timeMs <= toMs && visibleAtMs <= atMs)
    .sort((a, b) => b.timeMs - a.timeMs);
}

/**
 * The next event of an attempt that has begun to show at `atMs`: the log shows it `leastMs` later or more, so that it does
 * not come by itself meanwhile, and early enough to be found by the next look at the log. Null when there is none.
 */
export function nextOfAnAttempt(tenant: DemoTenant, atMs: number, leastMs: number): TrueEvent | null {
  const span = { fromMs: atMs - HOUR_MS / 4, toMs: atMs, atMs: Number.POSITIVE_INFINITY };
  const found = eventsIn(tenant, span)
    .filter(({ attempt }) => attempt.stages.filter(({ visibleAtMs }) => visibleAtMs <= atMs).length === 1)
    .filter(({ visibleAtMs, timeMs }) => visibleAtMs >= atMs + leastMs && visibleAtMs < timeMs + HOUR_MS / 20)
    .sort((a, b) => a.visibleAtMs - b.visibleAtMs);
  return found[0] ?? null;
}
