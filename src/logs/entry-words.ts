/** What an entry of any log says, in a few words: what was done, and how it ended. Pure. */
import { causeOf } from '../signup/cause.ts';
import { explainCode, noErrorCode } from '../signup/codes.ts';
import type { LogEvent } from '../signup/event.ts';
import { stageLabel } from '../signup/stages.ts';

/** What was done: the stage of a sign-up, `sign-in`, `Add user`, `create in Contoso CRM`. */
export function deedOf({ log, stage, attributes, raw }: LogEvent): string {
  switch (log) {
    case 'signUps':
      return stageLabel(stage);
    case 'signIns':
      return raw.isInteractive === false ? 'sign-in (not interactive)' : 'sign-in';
    case 'audits':
      return attributes.activity ?? attributes.operation ?? 'change in the directory';
    case 'provisioning': {
      const { action = 'provisioning', system } = attributes;
      return system === undefined ? action : `${action} in ${system}`;
    }
  }
}

/** How it ended where there is more to say than that it did: the code with its meaning, or Graph's reason. */
export function reasonOf(event: LogEvent): string {
  const { result, failureReason, additionalDetails } = event;
  const told = failureReason ?? additionalDetails ?? '';
  if (result !== null) return told;
  const cause = causeOf(event);
  if (cause === 0) return '';
  const { meaning, kind } = explainCode(cause);
  if (cause === noErrorCode) return meaning;
  // Microsoft's own words, where nobody here has better ones.
  return `${cause} ${kind === 'unknown' && told !== '' ? told : meaning}`;
}
