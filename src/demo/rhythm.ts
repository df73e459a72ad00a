/** How busy the demo tenant is at which time: a daily rhythm with a floor, and more traffic while somebody watches. */

interface Traffic {
  readonly anchorMs: number;
  readonly eventsPerDay: number;
  readonly liveEventsPerMinute: number;
}

/** Measured: a person leaves 3.6 events per attempt, and one in twelve tries again. */
const EVENTS_PER_PERSON = 3.9;
const DAY_MS = 86_400_000;
const QUIETEST_MS = 3 * 3_600_000;
/** The live traffic begins a little before the creation, because rows take minutes to show. */
const LIVE_FROM_OFFSET_MS = -20 * 60_000;

/** New people per minute, `offsetMs` after the creation of the tenant (negative: before it). */
export function peoplePerMinute(traffic: Traffic, offsetMs: number): number {
  const busyness = busynessAt(traffic.anchorMs + offsetMs);
  const eventsPerMinute =
    offsetMs < LIVE_FROM_OFFSET_MS ? traffic.eventsPerDay / 1440 : traffic.liveEventsPerMinute / DAYTIME_BUSYNESS;
  return (eventsPerMinute * busyness) / EVENTS_PER_PERSON;
}

const FLOOR = 0.35;
/** The mean of `busynessAt` over the twelve hours around its top. */
const DAYTIME_BUSYNESS = 1 + (1 - FLOOR) * (2 / Math.PI);

/** From 0.35 at three in the morning (UTC) to 1.65 in the afternoon; 1 on average over a day. */
function busynessAt(timeMs: number): number {
  return 1 - (1 - FLOOR) * Math.cos((2 * Math.PI * (timeMs - QUIETEST_MS)) / DAY_MS);
}
