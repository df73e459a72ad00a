/** Graph's front door: token, request limit, path and scope are checked here before the sign-up log is asked. */
import type { Clock } from '../clock.ts';
import type { Fault } from './faults.ts';
import { forbidden, type GraphAnswers, type GraphError, throttled, unauthorized } from './graph-answers.ts';
import { getSignUp, listSignUps } from './sign-ups-endpoint.ts';
import type { Throttle } from './throttle.ts';
import type { Timeline } from './timeline.ts';
import type { TokenMint } from './tokens.ts';

interface GraphSettings {
  readonly clock: Clock;
  readonly mint: TokenMint;
  readonly throttle: Throttle;
  readonly timeline: Timeline;
  readonly graphUrl: string;
}

const SIGN_UPS_PATH = /^\/beta\/auditlogs\/signups(?:\/([^/]+))?\/?$/i;
const SIGN_UPS_SCOPE = 'AuditLog.Read.All';

export class GraphEndpoints {
  readonly #settings: GraphSettings;

  constructor(settings: GraphSettings) {
    this.#settings = settings;
  }

  /** `fault` is one that spoils how the log is read; others have been carried out by then. */
  answer(request: Request, answers: GraphAnswers, fault: Fault | null): Response {
    const { clock, graphUrl, timeline } = this.#settings;
    const { pathname } = new URL(request.url);
    const path = SIGN_UPS_PATH.exec(pathname);
    const refusal = this.#refusal(request, answers, pathname, path !== null);
    if (refusal) return answers.error(refusal);
    const demand = {
      request,
      answers,
      timeline,
      graphUrl,
      nowMs: clock.now(),
      ignoresFilter: fault?.kind === 'filterIgnored',
      emptyPage: fault?.kind === 'emptyPage',
    };
    const id = path?.[1];
    return id === undefined ? listSignUps(demand) : getSignUp(demand, id);
  }

  #refusal(request: Request, answers: GraphAnswers, pathname: string, isKnown: boolean): GraphError | null {
    const { clock, mint, throttle } = this.#settings;
    const authorization = request.headers.get('authorization');
    const tokenFault = mint.faultOf(authorization);
    if (tokenFault) return unauthorized(tokenFault);
    const retryAfterS = throttle.refuse(clock.now());
    if (retryAfterS !== null) return throttled(retryAfterS, answers.requestId);
    if (!isKnown) return unknownSegment(pathname);
    if (request.method !== 'GET') return methodRefused(request.method);
    return mint.scopesOf(authorization).includes(SIGN_UPS_SCOPE) ? null : forbidden('permission');
  }
}

function unknownSegment(pathname: string): GraphError {
  const segment = pathname.split('/').findLast((part) => part !== '') ?? '';
  return { status: 400, code: 'BadRequest', message: `Resource not found for the segment '${segment}'.` };
}

function methodRefused(method: string): GraphError {
  return { status: 405, code: 'Request_BadRequest', message: `The method ${method} is not supported here.` };
}
