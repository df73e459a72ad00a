/** What can be made to go wrong, and for which requests. Holds the orders; carrying them out is another file's work. */
import type { AccessTokenFault, refusals } from './graph-answers.ts';

export type Fault =
  /** 429; `retryAfterS` null leaves the header out. */
  | { readonly kind: 'throttled'; readonly retryAfterS: number | null }
  | { readonly kind: 'unauthorized'; readonly reason: AccessTokenFault }
  /** 401 with a claims challenge; `claims` is JSON. */
  | { readonly kind: 'claimsChallenge'; readonly claims: string }
  | { readonly kind: 'forbidden'; readonly reason: keyof typeof refusals }
  | { readonly kind: 'notFound' }
  | {
      readonly kind: 'serverError';
      readonly status: 500 | 502 | 503 | 504;
      readonly body: 'json' | 'html' | 'empty';
      readonly retryAfterS?: number;
    }
  /** A good answer, later. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** The connection ends before there is an answer. */
  | { readonly kind: 'dropped' }
  /** The connection ends in the middle of the body. */
  | { readonly kind: 'droppedBody' }
  /** A whole answer, whose JSON stops in the middle. */
  | { readonly kind: 'truncated' }
  /** 200 with a page for people, as from a proxy that wants a password. */
  | { readonly kind: 'notJson' }
  | { readonly kind: 'invalidSkipToken' }
  | { readonly kind: 'invalidFilter' }
  /** 400 naming a minimum date, whatever was asked for. */
  | { readonly kind: 'startTooOld'; readonly minimumMs: number }
  /** A page of rows that nobody asked for. */
  | { readonly kind: 'filterIgnored' }
  /** A page without rows that has a next page. */
  | { readonly kind: 'emptyPage' }
  /** A good answer whose next page lies elsewhere. */
  | { readonly kind: 'foreignNextLink'; readonly origin: string }
  | { readonly kind: 'redirect'; readonly location: string };

export type RequestTest = (request: Request) => boolean;

interface FaultOrder {
  readonly fault: Fault;
  readonly fits: RequestTest;
}

export class Faults {
  readonly #isForGraph: RequestTest;
  #queue: FaultOrder[] = [];
  #standing: FaultOrder[] = [];

  constructor(isForGraph: RequestTest) {
    this.#isForGraph = isForGraph;
  }

  /** The next request that fits (any to Graph when not said) is answered with the fault, once; what is queued first comes first. */
  once(fault: Fault, when: RequestTest = this.#isForGraph): void {
    this.#queue.push({ fault, fits: when });
  }

  /** Every request that fits (any to Graph when not said), until the returned function is called. What is queued goes before. */
  always(fault: Fault, when: RequestTest = this.#isForGraph): () => void {
    const order: FaultOrder = { fault, fits: when };
    this.#standing.push(order);
    return () => {
      this.#standing = this.#standing.filter((other) => other !== order);
    };
  }

  clear(): void {
    this.#queue = [];
    this.#standing = [];
  }

  /** How many of the queued faults have not happened yet. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** The fault for this request; a queued one is used up. */
  take(request: Request): Fault | null {
    const index = this.#queue.findIndex(({ fits }) => fits(request));
    const queued = index === -1 ? undefined : this.#queue.splice(index, 1)[0];
    return (queued ?? this.#standing.find(({ fits }) => fits(request)))?.fault ?? null;
  }
}
