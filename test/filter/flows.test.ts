import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../src/filter/filter.ts';
import { countsByFlow, flowNames, resolveFlows, unknownFlow, usesFlows } from '../../src/filter/flows.ts';
import { splitFilter } from '../../src/filter/graph-filter.ts';
import { parseQuery } from '../../src/filter/parse-query.ts';
import { compileFilter } from '../../src/filter/predicate.ts';
import { printQuery } from '../../src/filter/print-query.ts';
import { excludeValue, toggleValue, valueState } from '../../src/filter/toggle.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import { appIds, sampleEvent } from '../signup/arbitrary-row.ts';
import { arbitraryFilter, arbitraryResolvedFilter, flowWith } from './arbitrary-filter.ts';

const none: ReadonlySet<string> = new Set();
const [shop = '', portal = ''] = appIds;
const bank = 'cccccccc-2222-4333-8444-555555555555';

const flows = [
  flowWith({ id: '1F0C8D52-7a36-4b1e-8e90-5d4c3b2a1f01', displayName: 'Shop sign-up', appIds: [shop] }),
  flowWith({ displayName: 'Loyalty sign-up', appIds: [portal, bank] }),
  flowWith({ displayName: 'Loyalty', appIds: [bank] }),
  flowWith({ displayName: 'Catch-all', includesAllApplications: true }),
  flowWith({ displayName: 'Empty' }),
  flowWith({ displayName: 'Twin', appIds: [shop] }),
  flowWith({ displayName: 'twin', appIds: [portal] }),
];

function filterOf(query: string): Filter {
  const parsed = parseQuery(query, { nowMs: 0, timeZone: 'UTC' });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.filter;
}

const resolved = (query: string) => resolveFlows(filterOf(query), flows);

/** The applications whose events the filter keeps. */
function kept(filter: Filter): readonly string[] {
  const keeps = compileFilter(filter, new AppNames());
  const names: Readonly<Record<string, string>> = { shop, portal, bank, SHOP: shop.toUpperCase() };
  return Object.keys(names).filter((name) => keeps(sampleEvent({ appId: names[name] })));
}

const all = ['shop', 'portal', 'bank', 'SHOP'];

describe('a user flow in a query', () => {
  it.each<[string, readonly string[], string | null]>([
    ['flow:"Shop sign-up"', ['shop', 'SHOP'], `appId eq '${shop}'`],
    ['flow:"shop SIGN-UP"', ['shop', 'SHOP'], `appId eq '${shop}'`],
    ['flow:1f0c8d52-7A36-4b1e-8e90-5d4c3b2a1f01', ['shop', 'SHOP'], `appId eq '${shop}'`],
    ['flow:"Loyalty sign-up"', ['portal', 'bank'], `(appId eq '${portal}' or appId eq '${bank}')`],
    ['flow:Loyalty', ['bank'], `appId eq '${bank}'`],
    ['flow:Loyalty*', ['portal', 'bank'], `(appId eq '${portal}' or appId eq '${bank}')`],
    ['flow:Loyalty,"Shop sign-up"', ['shop', 'bank', 'SHOP'], `(appId eq '${bank}' or appId eq '${shop}')`],
    ['flow:Twin', ['shop', 'portal', 'SHOP'], `(appId eq '${shop}' or appId eq '${portal}')`],
    ['flow:Catch-all', all, null],
    ['flow:Catch-all,Loyalty', all, null],
    ['flow:Empty', [], null],
    ['-flow:"Loyalty sign-up"', ['shop', 'SHOP'], null],
    ['-flow:Catch-all', [], null],
    ['-flow:Empty', all, null],
    [
      'flow:"Loyalty sign-up" -flow:Loyalty outcome:succeeded',
      ['portal'],
      `(appId eq '${portal}' or appId eq '${bank}') and status/errorCode eq 0`,
    ],
  ])('%s means its applications', (query, apps, clause) => {
    const { filter, unknown } = resolved(query);
    expect(unknown).toEqual([]);
    expect(kept(filter)).toEqual(apps);
    expect(splitFilter(filter, none).clause).toBe(clause);
    expect(printQuery(filter)).toBe(query);
  });

  it('is decided by Graph where Graph can', () => {
    const { filter } = resolved('flow:Loyalty -flow:"Shop sign-up"');
    const { decidedByGraph, decidedHere } = splitFilter(filter, none);
    expect([[...decidedByGraph], [...decidedHere]]).toEqual([[filter.terms[0]], [filter.terms[1]]]);
  });

  it('of too many applications for an address is decided here', () => {
    const many = Array.from({ length: 60 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
    const { filter } = resolveFlows(filterOf('flow:Many stage:create'), [
      flowWith({ displayName: 'Many', appIds: [shop, ...many] }),
    ]);
    expect(splitFilter(filter, none).clause).toBe("signUpStage eq 'userCreation'");
    expect(kept(filter)).toEqual(['shop', 'SHOP']);
  });

  it.each(['flow:Gone', '-flow:Gone', 'flow:Gone,Loyalty', '-flow:Gone,Loyalty', 'flow:Gone*'])(
    'that is not known lets nothing pass, and asks Graph for nothing less: %s',
    (query) => {
      const { filter, unknown } = resolved(query);
      expect(unknown).toEqual([query.endsWith('*') ? 'Gone*' : 'Gone']);
      for (const candidate of [filter, filterOf(query)]) {
        expect(kept(candidate)).toEqual([]);
        expect(splitFilter(candidate, none).clause).toBeNull();
      }
    },
  );

  it('by the ID of a flow is never sent as the ID of an application', () => {
    expect(splitFilter(filterOf('flow:1f0c8d52-7a36-4b1e-8e90-5d4c3b2a1f01'), none).clause).toBeNull();
  });

  it('forgets applications that a flow no longer has', () => {
    const { filter } = resolved('flow:Loyalty');
    expect(kept(resolveFlows(filter, [flowWith({ displayName: 'Loyalty', appIds: [shop] })]).filter)).toEqual([
      'shop',
      'SHOP',
    ]);
    const gone = resolveFlows(filter, []);
    expect([gone.unknown, kept(gone.filter)]).toEqual([['Loyalty'], []]);
  });

  it('is stepped through like every other value, and never keeps the applications of another', () => {
    const { filter } = resolved('flow:Loyalty');
    expect(valueState(filter, 'flow', 'loyalty')).toBe('included');
    const both = toggleValue(filter, 'flow', 'Shop sign-up');
    expect(printQuery(both)).toBe('flow:Loyalty,"Shop sign-up"');
    expect(kept(both)).toEqual([]);
    expect(kept(resolveFlows(both, flows).filter)).toEqual(['shop', 'bank', 'SHOP']);
    expect(kept(toggleValue(both, 'flow', 'Shop sign-up'))).toEqual(['bank']);
    expect(printQuery(excludeValue(filter, 'flow', 'Loyalty'))).toBe('-flow:Loyalty');
  });

  it('is the only reason to ask for the flows', () => {
    expect(usesFlows(filterOf('-flow:x'))).toBe(true);
    expect(usesFlows(filterOf('flow app:flow'))).toBe(false);
    const filter = filterOf('outcome:failed');
    expect(resolveFlows(filter, flows)).toEqual({ filter, unknown: [] });
  });
});

describe('flows that are learned', () => {
  it('change nothing about how a filter is written', () => {
    fc.assert(
      fc.property(arbitraryFilter, (filter) => {
        expect(printQuery(resolveFlows(filter, flows).filter)).toBe(printQuery(filter));
      }),
    );
  });

  it('leave what is included and what is excluded without a common event', () => {
    fc.assert(
      fc.property(arbitraryResolvedFilter, fc.constantFrom(shop, portal, bank), (filter, appId) => {
        const terms = filter.terms.filter((term) => term.kind === 'field' && term.field === 'flow');
        const event = sampleEvent({ appId });
        for (const term of terms) {
          const keeps = (negated: boolean) =>
            compileFilter({ terms: [{ ...term, negated }], since: null, until: null }, new AppNames())(event);
          const isKnown = term.kind === 'field' && term.values.every(({ apps }) => apps !== undefined);
          expect([keeps(true), keeps(false)].filter((holds) => holds)).toHaveLength(isKnown ? 1 : 0);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what is offered', () => {
  it('are the names, each once, in order', () => {
    expect(flowNames(flows)).toEqual([
      'Catch-all',
      'Empty',
      'Loyalty',
      'Loyalty sign-up',
      'Shop sign-up',
      'twin',
      'Twin',
    ]);
  });

  it.each([
    ['Shp sign-up', 'Shop sign-up'],
    ['loyality', 'Loyalty'],
    ['shop', 'Shop sign-up'],
    ['Shopp*', null],
    ['something else', null],
  ])('instead of %s is %s', (written, suggestion) => {
    const error = unknownFlow(written, flows);
    expect(error.suggestion).toBe(suggestion);
    expect(error.message).toContain(`There is no user flow "${written}"; the flows are "Catch-all", "Empty", `);
  });

  it('is nothing where there are no flows', () => {
    expect(unknownFlow('x', [])).toEqual({
      message: 'There is no user flow "x"; there are no flows in this tenant.',
      suggestion: null,
    });
  });

  it('has counts, made of those of the applications', () => {
    const counts = countsByFlow(
      [
        { value: shop.toUpperCase(), count: 3 },
        { value: portal, count: 4 },
        { value: 'other', count: 5 },
      ],
      flows,
    );
    expect(Object.fromEntries(counts.map(({ value, count }) => [value, count]))).toEqual({
      'Catch-all': 12,
      Empty: 0,
      Loyalty: 0,
      'Loyalty sign-up': 4,
      'Shop sign-up': 3,
      Twin: 3,
      twin: 4,
    });
  });
});
