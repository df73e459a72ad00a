/** The demo tenant behind a Graph client: reading that is tested against what the tenant knows to be true. */
import { createDemoTenant, type DemoTenant } from '../../src/demo/tenant.ts';
import { createBudget } from '../../src/graph/budget.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import { createLogClock } from '../../src/graph/log-clock.ts';
import type { RelatedDeps } from '../../src/graph/related.ts';
import type { TokenSource } from '../../src/graph/token-source.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';

export const DEMO_MS = Date.parse('2026-03-11T10:42:00Z');

export interface DemoReading {
  readonly tenant: DemoTenant;
  readonly deps: RelatedDeps;
  /** Path and query of what was asked, in order. */
  readonly asked: string[];
  abort(): void;
  /** Turns the clock to the next waiter until the work has ended. */
  toEnd<T>(work: Promise<T>): Promise<T>;
}

/** `tokens`: those of somebody who has been granted everything, when not given. */
export function readingDemo(tokens?: (tenant: DemoTenant) => TokenSource): DemoReading {
  const clock = new ManualClock(DEMO_MS);
  const tenant = createDemoTenant({ seed: 'related', clock });
  const asked: string[] = [];
  const granted: TokenSource = { accessToken: async ({ scopes }) => ({ ok: true, token: tenant.accessToken(scopes) }) };
  const client = createGraphClient({
    graphUrl: tenant.graphUrl,
    send: (request) => {
      asked.push(request.url.slice(tenant.graphUrl.length));
      return tenant.send(request);
    },
    tokens: tokens?.(tenant) ?? granted,
    budget: createBudget({ clock, newId: () => 'process' }),
    clock,
    random: () => 0,
    newId: () => '11111111-1111-4111-8111-111111111111',
    userAgent: 'entra-signups/1.0.0',
  });
  const controller = new AbortController();
  const deps = { client, clock, logClock: createLogClock(clock), random: () => 0, signal: controller.signal };
  return {
    tenant,
    deps,
    asked,
    abort: () => controller.abort(),
    toEnd: async (work) => {
      let isOver = false;
      void work.then(
        () => (isOver = true),
        () => (isOver = true),
      );
      for (await settle(); !isOver; await settle()) {
        if (clock.nextWakeMs === null) throw new Error('nobody waits, and nothing ends');
        await clock.advance(clock.nextWakeMs - clock.now());
      }
      return work;
    },
  };
}
