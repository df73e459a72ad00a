/** What an entry of any log is about, in a word or two. */
import { stageLabel } from '../signup/stages.ts';
import type { EventLog } from '../store/log/event-log.ts';

/** The stage of a sign-up, what was done, or where somebody signed in. */
export function entryName(log: EventLog, position: number): string {
  if (log.logName(position) === 'signUps') return stageLabel(log.stage(position));
  const { activity, action } = log.attributes(position);
  return activity ?? action ?? log.appName(position) ?? log.appId(position);
}

/** `failed at create`, `succeeded Add user`, `failed Contoso Shop`. */
export function endingWords(log: EventLog, position: number): string {
  const name = entryName(log, position);
  if (log.logName(position) !== 'signUps') return `${log.outcome(position)} ${name}`.trimEnd();
  return `${log.outcome(position)} at ${name || 'a stage without a name'}`;
}
