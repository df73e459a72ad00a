/** From an outcome to plain words: what happened, what it means, what to do next. It must not decide about retries. */
import type { Problem } from '../facts/problem.ts';
import { logNamed } from '../logs/logs.ts';
import type { LogName } from '../signup/event.ts';
import type { NetworkFailure, NetworkReason } from './network-failure.ts';
import type { FailedOutcome, GraphErrorText } from './outcome.ts';
import { refusalOf } from './refusals.ts';

/** The problem that an outcome is for the person who reads a log. */
export function problemOf(outcome: FailedOutcome, log: LogName = 'signUps'): Problem {
  switch (outcome.kind) {
    case 'signedOut':
    case 'consentNeeded':
      return outcome.problem;
    case 'refused':
      return refusalOf(outcome.error, log);
    case 'unreachable':
      return unreachableProblem(outcome.failure);
    case 'throttled':
      return {
        ...said(outcome.error),
        kind: 'unreachable',
        title: 'Microsoft Graph asks for fewer requests.',
        meaning: 'The limit for activity logs is shared by everything that reads this tenant with the same client ID.',
        todo: 'Wait, or use a client ID of your own (--client-id).',
      };
    case 'unavailable':
      return {
        ...said(outcome.error),
        kind: 'unreachable',
        title: `Microsoft Graph cannot answer just now (HTTP ${outcome.error.status}).`,
        meaning: outcome.error.message,
        todo: 'Try again later; a shorter time range is easier to answer. Service health: https://status.cloud.microsoft',
      };
    case 'notFound':
      return {
        ...said(outcome.error),
        kind: 'refused',
        title: 'Microsoft Graph has nothing at this address (HTTP 404).',
        meaning: nothingThere(log),
        todo: 'Check --cloud and --graph-url.',
      };
    case 'badRequest':
      return {
        ...said(outcome.error),
        kind: 'fault',
        title: `Microsoft Graph did not understand the request (HTTP ${outcome.error.status}).`,
        meaning: outcome.error.message,
        todo: 'Try without a filter and with a shorter time range; if it stays, report it with the request ID.',
      };
    case 'malformed':
      return {
        kind: 'unreachable',
        title: `What came back is not an answer of Microsoft Graph: ${outcome.reason}.`,
        meaning: 'Something on the way, such as a proxy or a sign-in page of the network, may have answered instead.',
        todo: 'Check the network, HTTPS_PROXY and NO_PROXY.',
        code: null,
        requestId: outcome.requestId,
      };
    case 'misdirected':
      return {
        kind: 'refused',
        title: `The answer pointed to another server (${outcome.origin}); nothing was sent there.`,
        meaning: 'The access token goes to the configured Graph host and nowhere else.',
        todo: 'Check --graph-url and --cloud; if they are right, somebody may be meddling with the connection.',
        code: null,
        requestId: null,
      };
  }
}

function nothingThere(log: LogName): string {
  const { called, clouds } = logNamed(log);
  const where =
    clouds === 'global' ? 'only the global cloud is' : 'only the global cloud and those of the US government are';
  return `Either it is past retention, or this cloud has no ${called}: ${where} known to have one.`;
}

/** Graph refused the token, and also the one that was renewed for it. */
export function unauthorizedProblem(error: GraphErrorText): Problem {
  return {
    ...said(error),
    kind: 'signIn',
    title: 'Microsoft Graph no longer accepts this sign-in.',
    meaning: error.message,
    todo: 'Sign in again.',
  };
}

function said(error: GraphErrorText): Pick<Problem, 'code' | 'requestId'> {
  return { code: error.code === '' ? null : error.code, requestId: error.requestId };
}

const network: Readonly<Record<NetworkReason, readonly [title: string, todo: string]>> = {
  name: [
    'The name of the server could not be looked up (DNS).',
    'Check the network, and --graph-url if you set it. Behind a proxy, set HTTPS_PROXY.',
  ],
  refused: [
    'The connection was refused.',
    'Check the network, the firewall and HTTPS_PROXY; the address that refused is named above.',
  ],
  dropped: [
    'The connection was dropped before the answer was complete.',
    'It is tried again; check the network if it stays.',
  ],
  timeout: ['No answer came in time.', 'It is tried again; if it stays, check the network and HTTPS_PROXY.'],
  certificate: [
    'The certificate of the server is not trusted.',
    'If your network inspects TLS, name its certificate authority in NODE_EXTRA_CA_CERTS; also check the clock of this machine.',
  ],
  tls: ['No secure connection could be made (TLS).', 'Check HTTPS_PROXY (http:// or https://?) and the firewall.'],
  proxy: [
    'The proxy did not let the connection through.',
    'Check HTTPS_PROXY, with user and password if the proxy asks for them, and NO_PROXY.',
  ],
  other: ['Microsoft Graph could not be reached.', 'Check the network, HTTPS_PROXY and NO_PROXY.'],
};

function unreachableProblem({ reason, code, detail }: NetworkFailure): Problem {
  const [title, todo] = network[reason];
  return { kind: 'unreachable', title, meaning: detail, todo, code, requestId: null };
}
