/** The figures of a log, counted as the contract says them, event by event; it shares nothing with the program but the codes. */
import type { LogEvent } from '../../src/signup/event.ts';
import { outcomeOfEvent } from '../../src/signup/outcome.ts';

const order = [
  'credentialCollection',
  'credentialValidation',
  'credentialFederation',
  'consent',
  'attributeCollectionAndValidation',
  'userCreation',
  'tenantConsent',
];

const rank = (stage: string): number => (order.includes(stage) ? order.indexOf(stage) : order.length);

/** `takes`: the provider of its last event decides whether an attempt counts. */
export function naiveFunnel(
  events: readonly LogEvent[],
  nowMs: number,
  takes: (provider: string) => boolean = () => true,
) {
  const ids = [...new Set(events.map(({ correlationId }) => correlationId))];
  const attempts = ids
    .map((id) => {
      const own = events.filter(({ correlationId }) => correlationId === id);
      own.sort((a, b) => a.timeMs - b.timeMs || rank(a.stage) - rank(b.stage) || (a.id < b.id ? -1 : 1));
      return own;
    })
    .flatMap((own) => {
      const last = own.at(-1);
      if (last === undefined || !takes(last.provider)) return [];
      const isCreated = own.some(({ stage, errorCode }) => stage === 'userCreation' && errorCode === 0);
      const isFailed = ['failed', 'unknown'].includes(outcomeOfEvent(last));
      const isYoung = nowMs - last.timeMs < 30 * 60_000;
      const outcome = isCreated ? 'created' : isFailed ? 'failed' : isYoung ? 'inProgress' : 'noFurtherEvent';
      return [{ outcome, last: last.stage, met: own.map(({ stage }) => stage) }];
    });
  const number = (outcome: string) => attempts.filter((attempt) => attempt.outcome === outcome).length;
  const met = [...new Set(attempts.flatMap((attempt) => attempt.met))];
  const stages = [...order, ...met.filter((stage) => !order.includes(stage)).sort()].map((stage) => {
    const reached = attempts.filter((attempt) => attempt.met.includes(stage)).length;
    const lost = attempts.filter(({ outcome, last }) => last === stage && /failed|noFurther/.test(outcome)).length;
    return { stage, reached, lost, dropOff: reached === 0 ? null : lost / reached };
  });
  const many = stages.filter(({ reached }) => reached >= 20);
  const highest = Math.max(0, ...many.map(({ dropOff }) => dropOff ?? 0));
  const most = Math.max(0, ...stages.map(({ lost }) => lost));
  const over = attempts.length - number('inProgress');
  return {
    attempts: attempts.length,
    created: number('created'),
    conversion: over === 0 ? null : number('created') / over,
    failed: number('failed'),
    noFurtherEvent: number('noFurtherEvent'),
    inProgress: number('inProgress'),
    stages,
    worstStage: highest === 0 ? null : (many.find(({ dropOff }) => dropOff === highest)?.stage ?? null),
    mostLost: most === 0 ? null : (stages.find(({ lost }) => lost === most)?.stage ?? null),
  };
}
