/**
 * What Graph can decide about a field of a log: path, operators, and which operands are safe to send. Safe means that no event
 * is lost which the local filter would show; where that is doubtful the value is decided here.
 * Sources: https://learn.microsoft.com/graph/api/resources/selfservicesignup?view=graph-rest-beta, the samples of
 * https://learn.microsoft.com/entra/identity/monitoring-health/concept-sign-ups, and for the other logs
 * https://learn.microsoft.com/graph/api/signin-list, https://learn.microsoft.com/graph/api/directoryaudit-list and
 * https://learn.microsoft.com/graph/api/provisioningobjectsummary-list.
 */
import { odataText } from '../logs/odata-text.ts';
import { isExtensionCode } from '../signup/codes.ts';
import type { LogName } from '../signup/event.ts';
import { documentedProviders, localProviders } from '../signup/providers.ts';
import { stageNames } from '../signup/stages.ts';
import {
  auditActivities,
  auditServices,
  clientApps,
  policyStatuses,
  provisioningActions,
} from './documented-values.ts';
import type { FieldName } from './filter.ts';

/** How sure it is that Graph takes an operator: listed for the property, or only seen in a sample of Microsoft's. */
type Evidence = 'documented' | 'sampled';

export interface GraphColumn {
  readonly path: string;
  /** The collection of the entry that the path begins in; null when it begins at the entry itself. */
  readonly anyOf: string | null;
  readonly operators: { readonly eq: Evidence; readonly ne?: Evidence };
  /**
   * The OData literals of which the column holds one whenever the event has the value; null when that cannot be said.
   */
  readonly literals: (value: string) => readonly string[] | null;
}

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Graph writes GUIDs in lower case, and may compare letter by letter. */
const guid = (value: string): readonly string[] | null => (GUID.test(value) ? [odataText(value.toLowerCase())] : null);

const oneOf = (known: readonly string[]) => (value: string) => (known.includes(value) ? [odataText(value)] : null);

type GraphColumns = { readonly [name in FieldName]?: GraphColumn };

const column = (path: string, literals: GraphColumn['literals'], eq: Evidence = 'documented'): GraphColumn => ({
  path,
  anyOf: null,
  operators: { eq },
  literals,
});

/** Graph's logs compare names letter by letter and hold them in lower case
 * (https://github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/9049). As typed is sent as well, should a log keep
 * what the person typed.
 */
const name = (value: string): readonly string[] => [...new Set([value.toLowerCase(), value])].map(odataText);

const errorCode = (value: string) => (/^\d{1,10}$/.test(value) && Number(value) < 2 ** 31 ? [value] : null);

/**
 * The code of an extension may stand behind any code that names no reason (see `signup/cause.ts`), and those cannot be
 * listed: the codes that this program does not know are among them.
 */
const ownErrorCode = (value: string) => (isExtensionCode(Number(value)) ? null : errorCode(value));

const ids: GraphColumns = { correlation: column('correlationId', guid), id: column('id', guid) };

/**
 * Fields that are missing here are no columns of Graph's: `app` because Graph leaves the name out of the first stage
 * of an attempt, `userid` because no page or sample filters by it, `extension` because there is no filter for it,
 * `outcome` because it is our judgement of a code, `flow` because it is sent as the `appid` that it means.
 */
const signUpColumns: GraphColumns = {
  ...ids,
  // An enumeration: Graph refuses names that it does not know.
  stage: column('signUpStage', oneOf(stageNames), 'sampled'),
  // Of other providers nobody has published Graph's spelling, so a word that is typed may differ from it in case.
  provider: column('signUpIdentityProvider', oneOf(documentedProviders), 'sampled'),
  account: column(
    'signUpIdentityProvider',
    (value) => (value === 'local' ? localProviders.map(odataText) : null),
    'sampled',
  ),
  appid: column('appId', guid),
  user: column('signUpIdentity/signUpIdentifier', name, 'sampled'),
  error: { ...column('status/errorCode', ownErrorCode), operators: { eq: 'documented', ne: 'sampled' } },
};

/** Browsers, systems and resources are free text: typed in another letter case Graph may not find them. */
const signInColumns: GraphColumns = {
  ...ids,
  appid: column('appId', guid),
  // Without an @ it is a display name.
  user: column('userPrincipalName', (value) => (value.includes('@') ? name(value) : null)),
  userid: column('userId', guid),
  error: column('status/errorCode', errorCode),
  // IPv6 addresses can be written in several ways.
  ip: column('ipAddress', (value) => (/^\d{1,3}(\.\d{1,3}){3}$/.test(value) ? [odataText(value)] : null)),
  client: column('clientAppUsed', oneOf(clientApps)),
  policies: column('conditionalAccessStatus', oneOf(policyStatuses)),
  country: column('location/countryOrRegion', (value) =>
    /^[a-z]{2}$/i.test(value) ? [odataText(value.toUpperCase())] : null,
  ),
};

/** Who did it is a person or a program, under one of several names: decided here. */
const auditColumns: GraphColumns = {
  ...ids,
  appid: column('initiatedBy/app/appId', guid),
  userid: { ...column('id', guid), anyOf: 'targetResources' },
  activity: column('activityDisplayName', oneOf(auditActivities)),
  service: column('loggedByService', oneOf(auditServices)),
};

/** This log compares letter by letter, so names are decided here; it has no correlation ID. */
const provisioningColumns: GraphColumns = {
  id: column('id', guid),
  appid: column('servicePrincipal/id', guid),
  userid: column('sourceIdentity/id', guid),
  action: column('provisioningAction', oneOf(provisioningActions)),
};

export const graphColumns: { readonly [log in LogName]: GraphColumns } = {
  signUps: signUpColumns,
  signIns: signInColumns,
  audits: auditColumns,
  provisioning: provisioningColumns,
};
