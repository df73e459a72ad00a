/** Words about events with fields whose values had to be left out: the first is named, the others are counted. */
import type { LogEvent } from '../signup/event.ts';
import { shownText } from '../signup/visible-text.ts';

/** Takes the events of each page, in which some come again, and gives a sentence when there is something new to say. */
export function leftOutTeller(): (events: readonly LogEvent[]) => string | null {
  const known = new Set<string>();
  let told = 0;
  return (events) => {
    const altered = events.filter(({ id, leftOut = [] }) => leftOut.length > 0 && !known.has(id));
    for (const { id } of altered) known.add(id);
    const [first] = altered;
    // After the first at ten, a hundred and so on, so that a tail of days stays quiet.
    if (first === undefined || known.size < Math.max(1, told * 10)) return null;
    told = known.size;
    return told === 1
      ? leftOutText(first)
      : `${told.toLocaleString('en')} events so far have a value that was left out`;
  };
}

/** Which fields of which event, and what that means. */
export function leftOutText({ id, leftOut = [] }: LogEvent): string {
  const names = leftOut.map((name) => shownText(name, 100)).join(', ');
  return `a value was left out of the event ${shownText(id, 100)}, because it is nested too deeply or is a number without bounds: ${names}. The rest of the event is complete.`;
}
