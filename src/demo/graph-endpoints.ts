/** Graph's front door: token, request limit, path and scope are checked here before a resource is asked. */
import type { Clock } from '../clock.ts';
import { Directory } from './directory.ts';
import type { Fault } from './faults.ts';
import { forbidden, type GraphAnswers, type GraphError, throttled, unauthorized } from './graph-answers.ts';
import type { TenantIdentity } from './identity.ts';
import { getLogged, type LogDemand, type LoggedItem, listLog, type ServedLog } from './log-list.ts';
import { LogShelf } from './logs/log-shelf.ts';
import { doorOf, type Resource, resourceAt } from './resources.ts';
import { directoryAuditsLog, provisioningLog, signInsLog, signUpsLog } from './served-logs.ts';
import type { Throttle } from './throttle.ts';
import type { Timeline } from './timeline.ts';
import type { TokenMint } from './tokens.ts';
import { listFlowApplications, listUserFlows } from './user-flows-endpoint.ts';
import { getUser, listAuthenticationMethods, listUsers } from './users-endpoint.ts';

interface GraphSettings {
  readonly clock: Clock;
  readonly mint: TokenMint;
  readonly throttle: Throttle;
  readonly timeline: Timeline;
  readonly identity: TenantIdentity;
  readonly graphUrl: string;
}

export class GraphEndpoints {
  readonly #settings: GraphSettings;
  readonly #shelf: LogShelf;
  readonly #directory: Directory;

  constructor(settings: GraphSettings) {
    this.#settings = settings;
    this.#shelf = new LogShelf(settings.timeline);
    this.#directory = new Directory(settings.timeline);
  }

  /** `fault` is one that spoils how a log is read; others have been carried out by then. */
  answer(request: Request, answers: GraphAnswers, fault: Fault | null): Response {
    const { clock, graphUrl, identity } = this.#settings;
    const { pathname } = new URL(request.url);
    const resource = resourceAt(pathname);
    const refusal = this.#refusal(request, answers, resource);
    if (refusal) return answers.error(refusal);
    if (resource === null) return answers.error(unknownSegment(pathname));
    const asked = { request, answers, graphUrl, nowMs: clock.now() };
    const users = { ...asked, directory: this.#directory, identity };
    switch (resource.kind) {
      case 'userFlows':
        return listUserFlows(asked);
      case 'flowApplications':
        return listFlowApplications(asked, resource.id);
      case 'users':
        return listUsers(users);
      case 'user':
        return getUser(users, resource.id);
      case 'authenticationMethods':
        return listAuthenticationMethods(users, resource.id);
      case 'log':
        return this.#readLog(resource, {
          ...asked,
          ignoresFilter: fault?.kind === 'filterIgnored',
          emptyPage: fault?.kind === 'emptyPage',
        });
    }
  }

  #readLog({ log, version, id }: Extract<Resource, { kind: 'log' }>, demand: LogDemand): Response {
    const { timeline, identity } = this.#settings;
    const read = <T extends LoggedItem>(served: ServedLog<T>) =>
      id === null ? listLog(served, demand) : getLogged(served, demand, id);
    switch (log) {
      case 'signUps':
        return read(signUpsLog(timeline));
      case 'signIns': {
        const filter = new URL(demand.request.url).searchParams.get('$filter') ?? '';
        return read(signInsLog(this.#shelf, identity, version, filter));
      }
      case 'directoryAudits':
        return read(directoryAuditsLog(this.#shelf, identity));
      case 'provisioning':
        return read(provisioningLog(this.#shelf, identity));
    }
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
    const door = doorOf(resource);
    return mint.scopesOf(authorization).includes(door.scope) ? null : forbidden(door.refusal);
  }
}

function unknownSegment(pathname: string): GraphError {
  const segment = pathname.split('/').findLast((part) => part !== '') ?? '';
  return { status: 400, code: 'BadRequest', message: `Resource not found for the segment '${segment}'.` };
}

function methodRefused(method: string): GraphError {
  return { status: 405, code: 'Request_BadRequest', message: `The method ${method} is not supported here.` };
}
