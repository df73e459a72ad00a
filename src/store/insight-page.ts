/**
 * What was tested about the attempts of the screen of figures. It is worked out in steps, so that no key waits, and anew when the
 * attempts have changed, and now and then; until then what was found last is given.
 */
import { type Page, type PageQuestion, pageSteps } from '../figures/page.ts';
import type { Sample } from '../figures/sample.ts';
import type { AttemptSample } from './log/attempt-sample.ts';

/** Nothing that Graph takes minutes to show changes faster than this. */
const FRESH_MS = 30_000;

const MANY = 20_000;

interface Asked {
  readonly sample: Sample;
  readonly question: PageQuestion;
}

export class InsightPage {
  readonly #sample: AttemptSample;
  #found: (Asked & { readonly page: Page }) | null = null;
  #looking: (Asked & { readonly steps: Generator<undefined, Page> }) | null = null;

  constructor(sample: AttemptSample) {
    this.#sample = sample;
  }

  /** What was found last for such a range; null before that. */
  pageFor({ range, before }: PageQuestion): Page | null {
    const asked = this.#found?.question;
    return asked?.range.fromMs === range.fromMs && asked.before === before ? (this.#found?.page ?? null) : null;
  }

  isComplete(question: PageQuestion): boolean {
    return this.#sample.isComplete && this.#found?.sample === this.#sample.taken && isFresh(this.#found, question);
  }

  update(nowMs: number): void {
    this.#sample.update(nowMs);
  }

  /** Looks further while `mayGoOn` gives true; true when there is nothing left to find. */
  continueBuild(question: PageQuestion, mayGoOn: () => boolean): boolean {
    if (!this.#sample.continueBuild(mayGoOn)) return false;
    const { taken: sample } = this.#sample;
    while (sample && !this.isComplete(question)) {
      if (this.#looking?.sample !== sample || !isFresh(this.#looking, question)) {
        this.#looking = { sample, question, steps: pageSteps(sample, question) };
      }
      const step = this.#looking.steps.next();
      if (step.done) this.#found = { sample, question: this.#looking.question, page: step.value };
      // A step of many attempts takes as long as a turn may.
      if (sample.attempts.length > MANY || !mayGoOn()) break;
    }
    return this.isComplete(question);
  }
}

/** Whether what was asked is what is asked now, or was a moment ago. */
function isFresh({ question: asked }: Asked, wanted: PageQuestion): boolean {
  return (
    asked.before === wanted.before &&
    asked.isChosenByOutcome === wanted.isChosenByOutcome &&
    asked.range.fromMs === wanted.range.fromMs &&
    Math.abs(asked.range.toMs - wanted.range.toMs) < FRESH_MS &&
    Math.abs(asked.nowMs - wanted.nowMs) < FRESH_MS
  );
}
