/**
 * Display names of applications, learned from the events themselves: Graph leaves the name out of the first stage of
 * an attempt and tells it in later ones. It must not depend on the order in which events arrive.
 */
import type { LogEvent } from './event.ts';

export class AppNames {
  readonly #byAppId = new Map<string, { readonly name: string; readonly timeMs: number }>();

  /** Remembers the name that the event tells, if any. True when that changed what is known. */
  learn(event: Pick<LogEvent, 'appId' | 'appName' | 'timeMs'>): boolean {
    if (event.appName === null || event.appId === '') return false;
    const key = event.appId.toLowerCase();
    const known = this.#byAppId.get(key);
    // The newest event wins, whenever it arrives: an application can be renamed.
    if (known !== undefined && known.timeMs > event.timeMs) return false;
    this.#byAppId.set(key, { name: event.appName, timeMs: event.timeMs });
    return known?.name !== event.appName;
  }

  /** The newest name known for an application, or null. */
  nameOf(appId: string): string | null {
    return this.#byAppId.get(appId.toLowerCase())?.name ?? null;
  }

  /** The name that the event itself tells, else the one that its siblings told, else null. */
  nameFor(event: Pick<LogEvent, 'appId' | 'appName'>): string | null {
    return event.appName ?? this.nameOf(event.appId);
  }
}
