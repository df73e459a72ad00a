/** How busy the demo tenant is at which time of day: one daily rhythm with a floor, the same every day. */

export interface Traffic {
  /** Events of an average day that people leave who have nothing to do with an incident or a story. */
  readonly eventsPerDay: number;
  /** Another rate from one moment on; null: the same for ever. */
  readonly live: LiveTraffic | null;
}

export interface LiveTraffic {
  /** Milliseconds since the epoch. */
  readonly fromMs: number;
  /** Events of an average minute by day; 0: nobody begins to sign up any more. */
  readonly eventsPerMinute: number;
}

/** Measured: a person leaves 3.6 events per attempt, and one in twelve tries again. */
const EVENTS_PER_PERSON = 3.9;
const DAY_MS = 86_400_000;
const QUIETEST_MS = 3 * 3_600_000;

/** New people per minute at `timeMs`, in milliseconds since the epoch. */
export function peoplePerMinute({ eventsPerDay, live }: Traffic, timeMs: number): number {
  const eventsPerMinute =
    live !== null && timeMs >= live.fromMs ? live.eventsPerMinute / DAYTIME_BUSYNESS : eventsPerDay / 1440;
  return (eventsPerMinute * busynessAt(timeMs)) / EVENTS_PER_PERSON;
}

const FLOOR = 0.35;
/** The mean of `busynessAt` over the twelve hours around its top. */
const DAYTIME_BUSYNESS = 1 + (1 - FLOOR) * (2 / Math.PI);

/** From 0.35 at three in the morning (UTC) to 1.65 in the afternoon; 1 on average over a day. */
function busynessAt(timeMs: number): number {
  return 1 - (1 - FLOOR) * Math.cos((2 * Math.PI * (timeMs - QUIETEST_MS)) / DAY_MS);
}
