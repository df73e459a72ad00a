/** The user flows of the tenant: asked for when a filter names one, with the permission that only they need. */
import type { UserFlowsOutcome } from '../facts/user-flows.ts';
import { flowNames, resolveFlows, unknownFlow, usesFlows } from '../filter/flows.ts';
import type { UserFlow } from '../signup/user-flow.ts';
import { applyFilter } from './apply-filter.ts';
import { startSignIn } from './commands-sign-in.ts';
import { openStepper } from './filter-stepper.ts';
import { noticed } from './notice.ts';
import type { State } from './state.ts';

export type Flows =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly flows: readonly UserFlow[] }
  /** They could not be read. `scopes`: permissions that were not granted yet; empty when it is something else. */
  | { readonly kind: 'refused'; readonly scopes: readonly string[] };

export interface FlowsRequest {
  readonly key: string;
}

/** Asks for the flows when the filter names one, or the stepper is to list them, and they are not known. */
export function selectFlowsRequest({ filter, flows, signIn, signInAttempts, overlay }: State): FlowsRequest | null {
  const isListed = overlay?.kind === 'filter' && overlay.stepper.field === 'flow';
  if (flows.kind !== 'unknown' || signIn.kind !== 'signedIn' || !(isListed || usesFlows(filter))) return null;
  return { key: String(signInAttempts) };
}

/** Takes in what was learned; a filter that names flows means something from then on. */
export function flowsTold(state: State, outcome: UserFlowsOutcome): State {
  switch (outcome.kind) {
    case 'read': {
      const known: State = { ...state, flows: { kind: 'known', flows: outcome.flows } };
      const { filter, unknown } = resolveFlows(state.filter, outcome.flows);
      const [first] = unknown;
      // It is the same filter as before, only understood: no step in its history.
      const resolved = listed({ ...applyFilter(known, filter), filterHistory: state.filterHistory });
      if (first === undefined) return resolved;
      const { message, suggestion } = unknownFlow(first, outcome.flows);
      return noticed(resolved, suggestion === null ? message : `${message} Did you mean ${suggestion}?`);
    }
    case 'consentNeeded':
      return noticed(
        { ...state, flows: { kind: 'refused', scopes: outcome.scopes } },
        `${outcome.problem.title} C signs in with that permission; filtering by application needs none.`,
      );
    case 'failed':
      return noticed(
        { ...state, flows: { kind: 'refused', scopes: [] } },
        `${outcome.problem.title} ${outcome.problem.todo}`,
      );
    case 'cancelled':
      return state;
  }
}

/** The stepper that waited for the flows, with the cursor on one of them. */
function listed(state: State): State {
  if (state.overlay?.kind !== 'filter' || state.overlay.stepper.field !== 'flow') return state;
  return openStepper(state, 'flow');
}

/** Signs in with the permission that the flows need, or asks for them once more. */
export function askForFlows(state: State): State {
  const { flows, settings, signIn } = state;
  if (flows.kind !== 'refused' || signIn.kind !== 'signedIn') return noticed(state, 'No permission is missing.');
  if (flows.scopes.length === 0) return { ...state, flows: { kind: 'unknown' } };
  return startSignIn(state, settings.method ?? 'device-code', flows.scopes);
}

/** Names of the flows, as far as they are known. */
export function knownFlowNames({ flows }: Pick<State, 'flows'>): readonly string[] {
  return flows.kind === 'known' ? flowNames(flows.flows) : [];
}
