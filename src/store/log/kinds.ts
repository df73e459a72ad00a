/**
 * What events have in common: every distinct combination of application, stage, provider, code and listeners is one
 * kind, so an event needs one number for all of these, and a condition on them is decided once per kind. The sets are
 * closed or small (nothing that the person who signs up can type is in a kind), so kinds are kept for ever.
 */
import type { AppliedListener, SignUpEvent } from '../../signup/event.ts';
import { type EventOutcome, outcomeOf } from '../../signup/outcome.ts';
import { searchTexts } from '../../signup/search-text.ts';
import { stageOrder } from '../../signup/stages.ts';

export interface Kind {
  /** An event of this kind, blank where events of a kind differ: ids, time, identifier, texts, times of calls. */
  readonly sample: SignUpEvent;
  readonly outcome: EventOutcome;
  readonly stageOrder: number;
  /** What a word is searched in that all events of this kind have, but for the application's name: a text per line. */
  readonly searchText: string;
}

export class Kinds {
  readonly #codes = new Map<string, number>();
  readonly #kinds: Kind[] = [];
  readonly #counts: number[] = [];

  /** The code of the event's kind. */
  codeOf(event: SignUpEvent): number {
    const { appId, appName, stage, provider, identifierType, errorCode } = event;
    const listeners = event.listeners.length === 0 ? [] : event.listeners.map(withoutTime);
    const key = keyOf(event) + (listeners.length === 0 ? '' : JSON.stringify(listeners));
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    const code = this.#kinds.length;
    const sample = { ...blank, appId, appName, stage, provider, identifierType, errorCode, listeners };
    this.#codes.set(key, code);
    this.#counts.push(0);
    this.#kinds.push({
      sample,
      outcome: outcomeOf(errorCode),
      stageOrder: stageOrder(stage),
      // A text as it is shown has no line breaks, so no word is found across two of them.
      searchText: searchTexts(sample, null).join('\n'),
    });
    return code;
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

/** Different for different values: the lengths tell where one ends and the next begins. */
function keyOf({ appId, appName, stage, provider, identifierType, errorCode }: SignUpEvent): string {
  const lengths = `${appId.length},${appName?.length ?? -1},${stage.length},${provider.length},${identifierType?.length ?? -1}`;
  return `${errorCode},${lengths},${appId}${appName}${stage}${provider}${identifierType}`;
}

const blank: SignUpEvent = {
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
  raw: {},
};
