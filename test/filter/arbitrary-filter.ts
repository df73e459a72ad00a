/** Filters as fast-check makes them up, with values that events have and values that they have not. */
import fc from 'fast-check';
import { fieldNamed, fieldsOf, isPrefixOf, readValue } from '../../src/filter/fields.ts';
import type { FieldName, FieldTerm, Filter, TextTerm } from '../../src/filter/filter.ts';
import { resolveFlows } from '../../src/filter/flows.ts';
import type { LogName } from '../../src/signup/event.ts';
import type { UserFlow } from '../../src/signup/user-flow.ts';
import { addresses, names, userIds } from '../logs/arbitrary-rows.ts';
import { appIds, codes, people, providers, stages } from '../signup/arbitrary-row.ts';

const written: { readonly [name in FieldName]?: readonly string[] } = {
  stage: stages,
  provider: providers,
  app: ['Contoso Portal', 'contoso portal', 'Fabrikam Shop'],
  appid: [...appIds, ...appIds.map((id) => id.toUpperCase())],
  user: [...people, ...people.map((person) => person.toUpperCase())],
  error: codes.map(String),
  userid: [...userIds, ...userIds.map((id) => id.toUpperCase())],
  ip: addresses,
  target: [...names, ...people],
  country: ['DE', 'de', 'AT'],
  browser: ['Firefox 140.0', 'firefox'],
  os: ['Linux', 'LINUX'],
  category: ['UserManagement'],
  system: ['Loyalty SCIM', 'LOYALTY SCIM'],
  resource: ['Microsoft Graph'],
  flow: ['Shop sign-up', 'SHOP SIGN-UP', 'Everywhere', 'Everything', 'Nothing', 'Gone'],
};

/** A flow with everything that is left out of `given` filled in. */
export function flowWith(given: Partial<UserFlow> & { readonly displayName: string }): UserFlow {
  return {
    id: `id of ${given.displayName}`,
    description: null,
    includesAllApplications: false,
    appIds: [],
    identityProviders: [],
    ...given,
  };
}

const flows = [
  flowWith({ displayName: 'Shop sign-up', appIds: appIds.slice(0, 1) }),
  flowWith({ displayName: 'Everywhere', appIds }),
  flowWith({ displayName: 'Everything', includesAllApplications: true }),
  flowWith({ displayName: 'Nothing' }),
  flowWith({ displayName: 'Strange', appIds: ['no-guid'] }),
];

const anyText = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.constantFrom('*', '"', '\\', '-a', 'a:b', 'a,b'),
);

function arbitraryTerm(name: FieldName): fc.Arbitrary<FieldTerm> {
  const field = fieldNamed(name);
  const familiar = [...field.known, ...(written[name] ?? [])];
  const text =
    familiar.length === 0 ? anyText : fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...familiar) }, anyText);
  const exact = text
    .map((value) => readValue(field, value, true))
    .filter((value) => value !== null && value !== '')
    .map((value) => ({ text: value ?? '', match: 'exact' as const }));
  const prefix = text
    .chain((value) => fc.nat(value.length).map((length) => value.slice(0, length)))
    .filter((value) => isPrefixOf(field, value, true))
    .map((value) => ({ text: value, match: 'prefix' as const }));
  return fc.record({
    kind: fc.constant('field' as const),
    field: fc.constant(name),
    values: fc.array(fc.oneof({ weight: 4, arbitrary: exact }, prefix), { minLength: 1, maxLength: 3 }),
    negated: fc.boolean(),
  });
}

const textTerm: fc.Arbitrary<TextTerm> = fc.record({
  kind: fc.constant('text' as const),
  text: fc.oneof(fc.constantFrom('ana', 'Email', 'wrong', 'validate'), anyText),
  negated: fc.boolean(),
});

/** Terms of every field of a log, and words; no time range. */
export function arbitraryFilterOf(log: LogName): fc.Arbitrary<Filter> {
  const fieldTerm = fc.oneof(...fieldsOf(log).map((field) => arbitraryTerm(field.name)));
  return fc
    .array(fc.oneof({ weight: 8, arbitrary: fieldTerm }, textTerm), { maxLength: 4 })
    .map((terms) => ({ terms, since: null, until: null }));
}

export const arbitraryFilter = arbitraryFilterOf('signUps');

/** The same, with the applications of the flows that there are. */
export function arbitraryResolvedFilterOf(log: LogName): fc.Arbitrary<Filter> {
  return arbitraryFilterOf(log).map((filter) => resolveFlows(filter, flows).filter);
}

export const arbitraryResolvedFilter = arbitraryResolvedFilterOf('signUps');
