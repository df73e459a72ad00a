/**
 * What events have in common: every distinct combination of application, stage, provider, code, listeners and attributes is one
 * kind, so an event needs one number for all of these, and a condition on them is decided once per kind. The sets are
 * closed or small (nothing that the person who signs up can type is in a kind), so kinds are kept for ever.
 */
import { causeOf } from '../../signup/cause.ts';
import { type AppliedListener, type LogEvent, noAttributes } from '../../signup/event.ts';
import { type EventOutcome, hasFailed, outcomeOfEvent } from '../../signup/outcome.ts';
import { searchTexts } from '../../signup/search-text.ts';
import { stageOrder } from '../../signup/stages.ts';

export interface Kind {
  /** An event of this kind, blank where events of a kind differ: ids, time, identifier, texts, times of calls. */
  readonly sample: LogEvent;
  /** The code that its meaning is shown and counted by (see `signup/cause.ts`). */
  readonly cause: number;
  readonly outcome: EventOutcome;
  /** Whether it counts as a failure (see `signup/outcome.ts`). */
  readonly hasFailed: boolean;
  readonly stageOrder: number;
  /** What a word is searched in that all events of this kind have, but for the application's name: a text per line. */
  readonly searchText: string;
}

type Value = string | number | null;

/** One step on the way from the first value of a combination to its last. */
interface Step {
  readonly next: Map<Value, Step>;
  /** At the last step, the code of the kind; -1 until it has one. */
  code: number;
}

export class Kinds {
  readonly #first: Step = { next: new Map(), code: -1 };
  readonly #kinds: Kind[] = [];
  readonly #counts: number[] = [];

  /** The code of the event's kind. */
  codeOf(event: LogEvent): number {
    const { log, appId, appName, stage, provider, identifierType, errorCode, result, attributes } = event;
    const listeners = event.listeners.length === 0 ? event.listeners : event.listeners.map(withoutTime);
    let step = after(after(after(this.#first, appId), appName), stage);
    step = after(after(after(step, provider), identifierType), errorCode);
    step = after(step, listeners.length === 0 ? null : JSON.stringify(listeners));
    // Sign-ups, of which there are most, have none of these.
    if (log !== 'signUps') step = after(step, JSON.stringify([log, result, attributes]));
    if (step.code >= 0) return step.code;
    step.code = this.#kinds.length;
    const shared = { log, appId, appName, stage, provider, identifierType, errorCode, listeners, result, attributes };
    const sample = { ...blank, ...shared };
    this.#counts.push(0);
    this.#kinds.push({
      sample,
      cause: causeOf(sample),
      outcome: outcomeOfEvent(event),
      hasFailed: hasFailed(event),
      stageOrder: stageOrder(stage),
      // A text as it is shown has no line breaks, so no word is found across two of them.
      searchText: searchTexts(sample, null).join('\n'),
    });
    return step.code;
  }

  /** Notes that there is one event of the kind more (1) or less (-1). */
  countBy(code: number, difference: 1 | -1): void {
    this.#counts[code] = (this.#counts[code] ?? 0) + difference;
  }

  /** How many events are of each kind, by its code. */
  get counts(): readonly number[] {
    return this.#counts;
  }

  at(code: number): Kind {
    const kind = this.#kinds[code];
    if (!kind) throw new RangeError(`no kind ${code}`);
    return kind;
  }
}

function withoutTime(listener: AppliedListener): AppliedListener {
  return { ...listener, calledAtMs: null };
}

function after(step: Step, value: Value): Step {
  const known = step.next.get(value);
  if (known) return known;
  const fresh: Step = { next: new Map(), code: -1 };
  step.next.set(value, fresh);
  return fresh;
}

const blank: LogEvent = {
  log: 'signUps',
  id: '',
  correlationId: '',
  timeMs: 0,
  appId: '',
  appName: null,
  stage: '',
  provider: '',
  identifier: null,
  identifierType: null,
  errorCode: 0,
  failureReason: null,
  additionalDetails: null,
  listeners: [],
  userId: null,
  result: null,
  counterpart: null,
  attributes: noAttributes,
  raw: {},
};
