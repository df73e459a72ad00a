/**
 * Signing in by browser on this computer: authorization code with PKCE, answered to a port of the loopback interface.
 * MSAL listens and checks the state; here are opening the browser, the wait, and hanging up, which MSAL has no way for.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
import { Agent, request } from 'node:http';
import type { Problem } from '../facts/problem.ts';
import type { SigningInFact } from '../facts/signing-in.ts';
import { errorPage, successPage } from './browser-pages.ts';
import type { SignInMeans } from './device-code.ts';
import { followSignIn } from './sign-in-flow.ts';

export interface BrowserMeans extends SignInMeans {
  /** Starts a browser; false when none could be started. */
  readonly openBrowser: (url: string) => Promise<boolean>;
  /** The one port to be answered at, so that SSH can forward it; null takes any free one. */
  readonly port: number | null;
}

/** As long as Microsoft's own page lives, roughly; after that the answer would be refused anyway. */
const PATIENCE_MS = 15 * 60_000;

/**
 * Waiting at an address, then succeeded or failed. Ends at once, without another fact, when `signal` is aborted; the
 * port is closed right after.
 */
export function signInByBrowser(means: BrowserMeans, signal: AbortSignal): AsyncGenerator<SigningInFact> {
  const { openClient, clock, scopes, claims, accept, problemOf, openBrowser, port } = means;
  return followSignIn(signal, async (stop, announce) => {
    const over = new AbortController();
    let ownProblem: Problem | null = null;
    try {
      const client = await openClient({ signal: stop, fresh: true });
      const result = await client.acquireTokenInteractive({
        scopes: [...scopes],
        ...(claims === null ? {} : { claims }),
        ...(port === null ? {} : { preferredPort: port }),
        // An administrator often has several accounts, and the browser would silently take the one it knows.
        prompt: 'select_account',
        successTemplate: successPage,
        errorTemplate: errorPage,
        openBrowser: async (url) => {
          stop.throwIfAborted();
          if (port !== null && returnAddress(url).port !== String(port)) {
            ownProblem = portTaken(port);
            throw new Error(ownProblem.title);
          }
          const giveUp = AbortSignal.any([stop, over.signal]);
          stop.addEventListener('abort', () => hangUp(url), { once: true, signal: over.signal });
          void clock.wait(PATIENCE_MS, giveUp).then(() => {
            if (giveUp.aborted) return;
            ownProblem = nobodyCame;
            hangUp(url);
          });
          announce({ type: 'signIn.browserWaiting', url, opened: await openBrowser(url) });
        },
      });
      return await accept(result);
    } catch (error) {
      return { type: 'signIn.failed', problem: ownProblem ?? problemOf(error), offerBrowser: false };
    } finally {
      over.abort();
    }
  });
}

function returnAddress(url: string): URL {
  return new URL(new URL(url).searchParams.get('redirect_uri') ?? 'http://localhost');
}

/** Answers the waiting listener in the browser's stead, with an error: the only thing that makes MSAL close the port. */
function hangUp(url: string): void {
  const state = new URL(url).searchParams.get('state') ?? '';
  const answer = request({
    host: '127.0.0.1',
    port: returnAddress(url).port,
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    agent: new Agent(),
  });
  // The listener closes the connection under it, or is closed already: either way it no longer listens.
  answer.on('error', () => {});
  answer.on('response', (response) => response.resume());
  answer.end(new URLSearchParams({ error: 'cancelled', state }).toString());
}

const nobodyCame: Problem = {
  kind: 'signIn',
  title: 'Nobody finished signing in in the browser.',
  meaning: `This program waited ${PATIENCE_MS / 60_000} minutes.`,
  todo: 'Sign in again.',
  code: null,
  requestId: null,
};

function portTaken(port: number): Problem {
  return {
    kind: 'signIn',
    title: `Port ${port} is in use.`,
    meaning: 'The browser was to come back to this port, and another program listens there.',
    todo: 'Close the other program, choose another port, or sign in by device code (--auth device-code).',
    code: null,
    requestId: null,
  };
}
