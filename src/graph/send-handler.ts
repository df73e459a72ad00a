/**
 * Last in the chain: makes the request, sends it, reads the answer to its end and turns it into an outcome. It must not
 * retry, and must not wait for ever: neither for headers nor for a body.
 */
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { Clock } from '../clock.ts';
import { later, msBetween } from '../facts/moment.ts';
import { redactedOrNull } from '../facts/redacted.ts';
import type { RequestFact } from '../facts/requesting.ts';
import { type AnswerOutcome, outcomeOfAnswer } from './answer.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import { linkedSignal } from './linked-signal.ts';
import { networkFailure } from './network-failure.ts';
import { type Progress, readBody } from './read-body.ts';
import type { Send } from './send.ts';

export interface SendHandlerDeps {
  readonly send: Send;
  readonly clock: Clock;
  /** A new UUID, for `client-request-id`. */
  readonly newId: () => string;
  /** Product and version, e.g. `entra-signups/1.0.0`. */
  readonly userAgent: string;
  readonly observe: (fact: RequestFact) => void;
  /** Longest wait for headers, and between two pieces of a body. */
  readonly stallMs: number;
  /** Longest wait for a whole answer, however steadily it drips. */
  readonly answerMs: number;
  readonly maxBodyBytes: number;
}

export class SendHandler implements Middleware {
  readonly #deps: SendHandlerDeps;
  #sent = 0;

  constructor(deps: SendHandlerDeps) {
    this.#deps = deps;
  }

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    const { clock, observe } = this.#deps;
    const id = ++this.#sent;
    const at = clock.moment();
    observe({ type: 'request.started', id, at, method: 'GET', url: exchange.url });
    const { status, outcome } = await this.#send(exchange);
    exchange.outcome = outcome;
    const tookMs = msBetween(at, clock.moment());
    observe({ type: 'request.finished', id, tookMs, status, requestId: requestIdOf(outcome), rows: rowsOf(outcome) });
  }

  async #send(exchange: Exchange): Promise<{ readonly status: number | null; readonly outcome: AnswerOutcome }> {
    const { send, clock, stallMs, answerMs, maxBodyBytes } = this.#deps;
    const { signal } = exchange.call;
    const work = linkedSignal(signal);
    const deadline = later(clock.moment(), answerMs);
    const leftMs = () => Math.min(stallMs, msBetween(clock.moment(), deadline));
    const watch = <T>(step: Promise<T>) => this.#watch(step, leftMs(), work.signal);
    let status: number | null = null;
    try {
      const request = new Request(exchange.url, {
        headers: this.#headers(exchange),
        redirect: 'manual',
        signal: work.signal,
      });
      const step = await watch(send(request, exchange.onSent));
      exchange.onSent();
      if (signal.aborted) return { status, outcome: { kind: 'cancelled' } };
      if (step.kind === 'stalled') return { status, outcome: silence };
      status = step.value.status;
      const body = await readBody(step.value, maxBodyBytes, watch);
      if (signal.aborted) return { status, outcome: { kind: 'cancelled' } };
      if (body.kind === 'stalled') return { status, outcome: silence };
      const { headers } = step.value;
      // The text of an error is a courtesy: without it the status still says what happened.
      const text = body.kind === 'text' ? body.text : '';
      if (body.kind === 'text' || status >= 300)
        return { status, outcome: outcomeOfAnswer({ status, headers, text }, clock.now()) };
      const reason = body.kind === 'cutOff' ? 'the answer was cut off' : 'the answer was too large';
      return { status, outcome: { kind: 'malformed', reason, requestId: redactedOrNull(headers.get('request-id')) } };
    } catch (error) {
      return {
        status,
        outcome: signal.aborted ? { kind: 'cancelled' } : { kind: 'unreachable', failure: networkFailure(error) },
      };
    } finally {
      // Ends what is still open after a stall; without effect on an answer that was read.
      work.abort();
      work.release();
    }
  }

  #headers({ token }: Exchange): Record<string, string> {
    return {
      Accept: 'application/json',
      Authorization: `Bearer ${token ?? ''}`,
      // Without this, values added to an enumeration later arrive as `unknownFutureValue`.
      Prefer: 'include-unknown-enum-members',
      'client-request-id': this.#deps.newId(),
      'User-Agent': this.#deps.userAgent,
    };
  }

  /** Waits for a step for `ms` at most, or until `signal` is aborted. */
  async #watch<T>(step: Promise<T>, ms: number, signal: AbortSignal): Promise<Progress<T>> {
    const patience = linkedSignal(signal);
    const waited = this.#deps.clock.wait(ms, patience.signal);
    try {
      return await Promise.race([
        step.then((value): Progress<T> => ({ kind: 'done', value })),
        waited.then((): Progress<T> => ({ kind: 'stalled' })),
      ]);
    } finally {
      patience.abort();
      patience.release();
    }
  }
}

const silence: AnswerOutcome = {
  kind: 'unreachable',
  failure: { reason: 'timeout', code: null, detail: 'no answer for too long' },
};

function requestIdOf(outcome: AnswerOutcome): string | null {
  if ('error' in outcome) return outcome.error.requestId;
  return 'requestId' in outcome ? outcome.requestId : null;
}

function rowsOf(outcome: AnswerOutcome): number | null {
  if (outcome.kind !== 'ok' || typeof outcome.json !== 'object' || outcome.json === null) return null;
  const rows: unknown = Reflect.get(outcome.json, 'value');
  return Array.isArray(rows) ? rows.length : null;
}
