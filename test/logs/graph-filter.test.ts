/** What of a filter is sent to Graph in each log, judged by the demo tenant, which takes only what Microsoft documents. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter as compileAtGraph, subjectOfRow } from '../../src/demo/evaluate-filter.ts';
import {
  directoryAuditRules,
  type FilterRules,
  provisioningRules,
  signInRules,
  signUpRules,
} from '../../src/demo/filter-rules.ts';
import type { Filter } from '../../src/filter/filter.ts';
import { splitFilter } from '../../src/filter/graph-filter.ts';
import { parseQuery } from '../../src/filter/parse-query.ts';
import { compileFilter } from '../../src/filter/predicate.ts';
import { printQuery } from '../../src/filter/print-query.ts';
import { logUrl } from '../../src/graph/log-url.ts';
import { logNamed, logNames } from '../../src/logs/logs.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import type { LogEvent, LogName } from '../../src/signup/event.ts';
import { arbitraryFilterOf, arbitraryResolvedFilterOf } from '../filter/arbitrary-filter.ts';
import { arbitraryRowOf } from './arbitrary-rows.ts';

const none: ReadonlySet<string> = new Set();
const guid = '94559aba-b733-468e-aaec-44cc4e7f0b58';
const rulesOf: { readonly [log in LogName]: FilterRules } = {
  signUps: signUpRules,
  signIns: signInRules,
  audits: directoryAuditRules,
  provisioning: provisioningRules,
};

function filterOf(query: string, log: LogName): Filter {
  const parsed = parseQuery(query, { nowMs: 0, timeZone: 'UTC', log });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.filter;
}

function eventOf(row: unknown, log: LogName): LogEvent {
  const parsed = logNamed(log).parse(row);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
}

/** Which rows the clause keeps. Fails when Graph would refuse it. */
function graphKeeps(clause: string, log: LogName, mindsCase: boolean): (row: object) => boolean {
  const compiled = compileAtGraph(clause, { ...rulesOf[log], mindsCase });
  if (!compiled.ok) throw new Error(`${compiled.reason}: ${clause}`);
  return (row) => compiled.matches(subjectOfRow(row));
}

const signIns: readonly (readonly [string, string | null])[] = [
  ['outcome:succeeded', 'status/errorCode eq 0'],
  ['outcome:failed', null],
  ['error:50126,50053', '(status/errorCode eq 50126 or status/errorCode eq 50053)'],
  ['-error:50126', null],
  ['user:Ana@Example.org', "(userPrincipalName eq 'ana@example.org' or userPrincipalName eq 'Ana@Example.org')"],
  ['user:"Ana Example"', null],
  [`userid:${guid}`, `userId eq '${guid}'`],
  ['ip:203.0.113.7', "ipAddress eq '203.0.113.7'"],
  ['ip:2001:db8::1', null],
  ['ip:203.0.113.*', null],
  ['client:browser', "clientAppUsed eq 'Browser'"],
  ['client:"Something new"', null],
  ['policies:failure', "conditionalAccessStatus eq 'failure'"],
  ['country:de', "location/countryOrRegion eq 'DE'"],
  ['browser:"Firefox 140.0"', null],
];
const audits: readonly (readonly [string, string | null])[] = [
  ['outcome:succeeded', null],
  ['result:failure', null],
  ['activity:"add user"', "activityDisplayName eq 'Add user'"],
  ['service:"core directory"', "loggedByService eq 'Core Directory'"],
  [`userid:${guid}`, `targetResources/any(t:t/id eq '${guid}')`],
  [`appid:${guid}`, `initiatedBy/app/appId eq '${guid}'`],
  ['user:ana@example.org', null],
  ['target:ana@example.org', null],
];
const provisioning: readonly (readonly [string, string | null])[] = [
  ['action:create,delete', "(provisioningAction eq 'create' or provisioningAction eq 'delete')"],
  [`userid:${guid}`, `sourceIdentity/id eq '${guid}'`],
  [`appid:${guid}`, `servicePrincipal/id eq '${guid}'`],
  ['system:"Loyalty SCIM"', null],
  ['outcome:failed', null],
];

describe('what is sent to Graph', () => {
  it.each([
    ...signIns.map(([query, clause]) => ['signIns', query, clause] as const),
    ...audits.map(([query, clause]) => ['audits', query, clause] as const),
    ...provisioning.map(([query, clause]) => ['provisioning', query, clause] as const),
  ])('in %s for %s is %j', (log, query, clause) => {
    expect(splitFilter(filterOf(query, log), none, log).clause).toBe(clause);
  });

  it.each(logNames)('in %s loses no event that the filter keeps, whatever Graph makes of letter case', (log) => {
    let sent = 0;
    const rows = fc.array(arbitraryRowOf[log], { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, arbitraryResolvedFilterOf(log), fc.boolean(), (some, filter, mindsCase) => {
        const appNames = new AppNames();
        const events = some.map((row) => eventOf(row, log));
        for (const event of events) appNames.learn(event);
        const { clause, decidedByGraph } = splitFilter(filter, none, log);
        if (clause === null) return;
        sent++;
        const keeps = compileFilter(filter, appNames);
        const atGraph = graphKeeps(clause, log, mindsCase);
        const decided = compileFilter({ ...filter, terms: [...decidedByGraph] }, appNames);
        for (const event of events) {
          if (keeps(event)) expect(atGraph(event.raw), clause).toBe(true);
          // And what is said to be decided by Graph is decided as it is meant.
          if (atGraph(event.raw)) expect(decided(event), clause).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
    expect(sent).toBeGreaterThan(150);
  });

  it.each(logNames)('in %s asks for the whole time range, with operators that the log has', (log) => {
    const second = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 }));
    fc.assert(
      fc.property(arbitraryRowOf[log], second, second, (row, before, after) => {
        const { timeMs } = eventOf(row, log);
        const range = { fromMs: timeMs - before, toMs: timeMs + after };
        const url = new URL(logUrl({ ...range, log, clause: null, pageSize: 10 }), 'https://graph.example.org');
        const filter = url.searchParams.get('$filter') ?? '';
        expect(graphKeeps(filter, log, true)(row), filter).toBe(true);
      }),
    );
  });
});

describe('a filter as text', () => {
  it.each(logNames)('is read as the same filter in %s', (log) => {
    fc.assert(
      fc.property(arbitraryFilterOf(log), (filter) => {
        expect(parseQuery(printQuery(filter), { nowMs: 0, timeZone: 'UTC', log })).toEqual({ ok: true, filter });
      }),
      { numRuns: 1000 },
    );
  });
});
