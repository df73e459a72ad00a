/** All that can happen to the state: keys, time, the terminal, and facts from outside with the key of their request. */
import type { Problem } from '../facts/problem.ts';
import type { ReadingFact } from '../facts/reading.ts';
import type { RelatedFact as CompanionFact } from '../facts/related.ts';
import type { RequestFact } from '../facts/requesting.ts';
import type { Account, SigningInFact } from '../facts/signing-in.ts';
import type { UserFlowsOutcome } from '../facts/user-flows.ts';
import type { LogEvent, LogName } from '../signup/event.ts';
import type { CompanionsRequest } from './companions.ts';
import type { PersonAnswer } from './person.ts';
import type { Preset } from './preset-list.ts';

export type Action =
  | { readonly type: 'key.pressed'; readonly key: string }
  | { readonly type: 'text.pasted'; readonly text: string }
  | { readonly type: 'clock.ticked' }
  | { readonly type: 'terminal.resized'; readonly columns: number; readonly rows: number }
  | { readonly type: 'account.looked'; readonly account: Account | null; readonly problem: Problem | null }
  | { readonly type: 'signIn.told'; readonly requestKey: string; readonly fact: SigningInFact }
  | { readonly type: 'feed.told'; readonly requestKey: string; readonly fact: ReadingFact }
  /** A part of a page whose rest is on its way, so that keys have their turn in between. */
  | {
      readonly type: 'feed.toldPart';
      readonly requestKey: string;
      readonly events: readonly LogEvent[];
      readonly areNews: boolean;
    }
  | {
      readonly type: 'related.told';
      readonly log: LogName;
      readonly correlationId: string;
      readonly fact: RelatedFact;
    }
  /** `request`: the question that is answered. */
  | {
      readonly type: 'companions.told';
      readonly request: Pick<CompanionsRequest, 'key' | 'attempt'>;
      readonly fact: CompanionFact;
    }
  /** A large log is still being looked through for the filter; the next part is due. */
  | { readonly type: 'matches.continued' }
  /** A preset is in the settings file now, or `refusal` says why not. */
  | { readonly type: 'preset.saved'; readonly preset: Preset; readonly refusal: string | null }
  /** Something is wrong with a file of ours: what was kept could not be used, or others had access to it. */
  | { readonly type: 'saving.troubled'; readonly reason: string }
  | { readonly type: 'person.told'; readonly requestKey: string; readonly answer: PersonAnswer }
  | { readonly type: 'flows.told'; readonly outcome: UserFlowsOutcome }
  | { readonly type: 'request.told'; readonly fact: RequestFact };

/** Facts about entries fetched by correlation ID. */
export type RelatedFact =
  | { readonly type: 'related.started' }
  | { readonly type: 'related.read'; readonly fact: ReadingFact }
  | { readonly type: 'related.completed' };
