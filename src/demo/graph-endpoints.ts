/** Graph's front door: token, request limit, path and scope are checked here before a resource is asked. */
import type { Clock } from '../clock.ts';
import type { Fault } from './faults.ts';
import { forbidden, type GraphAnswers, type GraphError, throttled, unauthorized } from './graph-answers.ts';
import { getSignUp, listSignUps } from './sign-ups-endpoint.ts';
import type { Throttle } from './throttle.ts';
import type { Timeline } from './timeline.ts';
import type { TokenMint } from './tokens.ts';
import { listFlowApplications, listUserFlows } from './user-flows-endpoint.ts';

interface GraphSettings {
  readonly clock: Clock;
  readonly mint: TokenMint;
  readonly throttle: Throttle;
  readonly timeline: Timeline;
  readonly graphUrl: string;
}

type Resource =
  | { readonly kind: 'signUps' | 'userFlows' }
  | { readonly kind: 'signUp' | 'flowApplications'; readonly id: string };

const SIGN_UPS_PATH = /^\/beta\/auditlogs\/signups(?:\/([^/]+))?\/?$/i;
const USER_FLOWS_PATH =
  /^\/(?:v1\.0|beta)\/identity\/authenticationeventsflows(?:\/([^/]+)\/conditions\/applications\/includeapplications)?\/?$/i;

/** What a resource takes, and how Graph refuses a token without it: the log and the directory have their own words. */
const doors = {
  log: { scope: 'AuditLog.Read.All', refusal: 'permission' },
  flows: { scope: 'EventListener.Read.All', refusal: 'privileges' },
} as const;

export class GraphEndpoints {
  readonly #settings: GraphSettings;

  constructor(settings: GraphSettings) {
    this.#settings = settings;
  }

  /** `fault` is one that spoils how the log is read; others have been carried out by then. */
  answer(request: Request, answers: GraphAnswers, fault: Fault | null): Response {
    const { clock, graphUrl, timeline } = this.#settings;
    const { pathname } = new URL(request.url);
    const resource = resourceAt(pathname);
    const refusal = this.#refusal(request, answers, resource);
    if (refusal) return answers.error(refusal);
    if (resource === null) return answers.error(unknownSegment(pathname));
    if (resource.kind === 'userFlows') return listUserFlows({ answers, graphUrl });
    if (resource.kind === 'flowApplications') return listFlowApplications({ answers, graphUrl }, resource.id);
    const demand = {
      request,
      answers,
      timeline,
      graphUrl,
      nowMs: clock.now(),
      ignoresFilter: fault?.kind === 'filterIgnored',
      emptyPage: fault?.kind === 'emptyPage',
    };
    return 'id' in resource ? getSignUp(demand, resource.id) : listSignUps(demand);
  }

  #refusal(request: Request, answers: GraphAnswers, resource: Resource | null): GraphError | null {
    const { clock, mint, throttle } = this.#settings;
    const authorization = request.headers.get('authorization');
    const tokenFault = mint.faultOf(authorization);
    if (tokenFault) return unauthorized(tokenFault);
    const retryAfterS = throttle.refuse(clock.now());
    if (retryAfterS !== null) return throttled(retryAfterS, answers.requestId);
    if (resource === null) return null;
    if (request.method !== 'GET') return methodRefused(request.method);
    const door = resource.kind === 'signUps' || resource.kind === 'signUp' ? doors.log : doors.flows;
    return mint.scopesOf(authorization).includes(door.scope) ? null : forbidden(door.refusal);
  }
}

function resourceAt(pathname: string): Resource | null {
  const signUps = SIGN_UPS_PATH.exec(pathname);
  if (signUps) return signUps[1] === undefined ? { kind: 'signUps' } : { kind: 'signUp', id: signUps[1] };
  const flows = USER_FLOWS_PATH.exec(pathname);
  if (!flows) return null;
  return flows[1] === undefined ? { kind: 'userFlows' } : { kind: 'flowApplications', id: flows[1] };
}

function unknownSegment(pathname: string): GraphError {
  const segment = pathname.split('/').findLast((part) => part !== '') ?? '';
  return { status: 400, code: 'BadRequest', message: `Resource not found for the segment '${segment}'.` };
}

function methodRefused(method: string): GraphError {
  return { status: 405, code: 'Request_BadRequest', message: `The method ${method} is not supported here.` };
}
