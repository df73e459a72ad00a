/**
 * `GET /v1.0/identity/authenticationEventsFlows` and the applications of one flow, in the shapes of Microsoft's samples:
 * https://learn.microsoft.com/graph/api/identitycontainer-list-authenticationeventsflows and
 * https://learn.microsoft.com/graph/api/authenticationconditionsapplications-list-includeapplications
 */
import type { GraphAnswers } from './graph-answers.ts';
import { type DemoUserFlow, userFlows } from './user-flows.ts';

interface UserFlowsDemand {
  readonly answers: GraphAnswers;
  /** Base of the addresses in the answer, without a slash at the end. */
  readonly graphUrl: string;
}

export function listUserFlows({ answers, graphUrl }: UserFlowsDemand): Response {
  const context = `${graphUrl}/v1.0/$metadata#identity/authenticationEventsFlows`;
  return answers.json(JSON.stringify({ '@odata.context': context, value: userFlows.map(flowRow) }));
}

export function listFlowApplications({ answers, graphUrl }: UserFlowsDemand, flowId: string): Response {
  const flow = userFlows.find(({ id }) => id === flowId.toLowerCase());
  if (!flow) {
    return answers.error({ status: 404, code: 'ResourceNotFound', message: `Resource '${flowId}' does not exist.` });
  }
  const path = `identity/authenticationEventsFlows('${flow.id}')/conditions/applications/includeApplications`;
  const context = `${graphUrl}/v1.0/$metadata#${path}`;
  return answers.json(JSON.stringify({ '@odata.context': context, value: applicationRows(flow) }));
}

function applicationRows({ appIds }: DemoUserFlow): readonly object[] {
  return appIds.map((appId) => ({ appId }));
}

function flowRow(flow: DemoUserFlow): object {
  const { id, displayName, description, listsApps, identityProviders } = flow;
  return {
    '@odata.type': '#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow',
    id,
    displayName,
    description,
    conditions: {
      applications: { includeAllApplications: false, includeApplications: listsApps ? applicationRows(flow) : [] },
    },
    onInteractiveAuthFlowStart: {
      '@odata.type': '#microsoft.graph.onInteractiveAuthFlowStartExternalUsersSelfServiceSignUp',
      isSignUpAllowed: true,
    },
    onAuthenticationMethodLoadStart: {
      '@odata.type': '#microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp',
      identityProviders: identityProviders.map((provider) => ({
        '@odata.type': '#microsoft.graph.builtInIdentityProvider',
        ...provider,
        state: null,
      })),
    },
    onAttributeCollection: {
      '@odata.type': '#microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp',
      attributeCollectionPage: { customStringsFileId: null, views: [{ title: null, description: null, inputs: [] }] },
    },
    onUserCreateStart: {
      '@odata.type': '#microsoft.graph.onUserCreateStartExternalUsersSelfServiceSignUp',
      userTypeToCreate: 'member',
      accessPackages: [],
    },
    onAttributeCollectionStart: null,
    onAttributeCollectionSubmit: null,
  };
}
