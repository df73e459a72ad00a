/** From an outcome to plain words: what happened, what it means, what to do next. It must not decide about retries. */
import type { Problem } from '../facts/problem.ts';
import { logNamed } from '../logs/logs.ts';
import type { LogName } from '../signup/event.ts';
import type { NetworkFailure } from './network-failure.ts';
import { networkWords } from './network-words.ts';
import type { FailedOutcome, GraphErrorText } from './outcome.ts';
import { refusalOf } from './refusals.ts';
import { waitText } from './retry-after.ts';

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
        ...(outcome.retryAfterMs === null ? {} : { againInMs: outcome.retryAfterMs }),
        title:
          outcome.retryAfterMs === null
            ? 'Microsoft Graph asks for fewer requests.'
            : `Microsoft Graph asks to wait ${waitText(outcome.retryAfterMs)}.`,
        meaning: 'The limit for activity logs is shared by everything that reads this tenant with the same client ID.',
        todo: 'Try again then, or use a client ID of your own (--client-id).',
      };
    case 'unavailable':
      return {
        ...said(outcome.error),
        kind: 'unreachable',
        title: `Microsoft Graph cannot answer just now (HTTP ${outcome.error.status}).`,
        meaning:
          outcome.retryAfterMs === null
            ? outcome.error.message
            : `It asks to wait ${waitText(outcome.retryAfterMs)}. ${outcome.error.message}`.trim(),
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
  const where = clouds === 'global' ? 'the global cloud' : 'the global cloud and those of the US government';
  return `Either it is past retention, or this cloud has no ${called}: Microsoft documents it for ${where}.`;
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

function unreachableProblem(failure: NetworkFailure): Problem {
  const { what, todo } = networkWords(failure, { service: 'Microsoft Graph', option: '--graph-url' });
  const { code, detail } = failure;
  return { kind: 'unreachable', title: what, meaning: detail === what ? '' : detail, todo, code, requestId: null };
}
