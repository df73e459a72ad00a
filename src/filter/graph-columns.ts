/**
 * What Graph can decide about a field: path, operators, and which operands are safe to send. Safe means that no event
 * is lost which the local filter would show; where that is doubtful the value is decided here.
 * Source: https://learn.microsoft.com/graph/api/resources/selfservicesignup?view=graph-rest-beta, and the samples of
 * https://learn.microsoft.com/entra/external-id/customers/concept-sign-ups.
 */
import { documentedProviders, localProviders } from '../signup/providers.ts';
import { stageNames } from '../signup/stages.ts';
import type { FieldName } from './filter.ts';

/** How sure it is that Graph takes an operator: listed for the property, or only seen in a sample of Microsoft's. */
type Evidence = 'documented' | 'sampled';

export interface GraphColumn {
  readonly path: string;
  readonly operators: { readonly eq: Evidence; readonly ne?: Evidence };
  /**
   * The OData literals of which the column holds one whenever the event has the value; null when that cannot be said.
   */
  readonly literals: (value: string) => readonly string[] | null;
}

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Graph writes GUIDs in lower case, and may compare letter by letter. */
const guid = (value: string): readonly string[] | null => (GUID.test(value) ? [quoted(value.toLowerCase())] : null);

const oneOf = (known: readonly string[]) => (value: string) => (known.includes(value) ? [quoted(value)] : null);

/**
 * Fields that are missing here are no columns of Graph's: `app` because Graph leaves the name out of the first stage
 * of an attempt, `userid` because no page or sample filters by it, `extension` because there is no filter for it,
 * `outcome` because it is our judgement of a code, `flow` because it is sent as the `appid` that it means.
 */
export const graphColumns: { readonly [name in FieldName]?: GraphColumn } = {
  stage: {
    path: 'signUpStage',
    operators: { eq: 'sampled' },
    // An enumeration: Graph refuses names that it does not know.
    literals: oneOf(stageNames),
  },
  provider: {
    path: 'signUpIdentityProvider',
    operators: { eq: 'sampled' },
    // Of other providers nobody has published Graph's spelling, so a word that is typed may differ from it in case.
    literals: oneOf(documentedProviders),
  },
  account: {
    path: 'signUpIdentityProvider',
    operators: { eq: 'sampled' },
    literals: (value) => (value === 'local' ? localProviders.map(quoted) : null),
  },
  appid: { path: 'appId', operators: { eq: 'documented' }, literals: guid },
  user: {
    path: 'signUpIdentity/signUpIdentifier',
    operators: { eq: 'sampled' },
    // Graph's logs compare names letter by letter and hold them in lower case
    // (https://github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/9049). As typed is sent as well, should
    // this log keep what the person typed.
    literals: (value) => [...new Set([value.toLowerCase(), value])].map(quoted),
  },
  error: {
    path: 'status/errorCode',
    operators: { eq: 'documented', ne: 'sampled' },
    literals: (value) => (/^\d{1,10}$/.test(value) && Number(value) < 2 ** 31 ? [value] : null),
  },
  correlation: { path: 'correlationId', operators: { eq: 'documented' }, literals: guid },
  id: { path: 'id', operators: { eq: 'documented' }, literals: guid },
};

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
