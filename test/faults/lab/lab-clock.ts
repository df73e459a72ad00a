/**
 * The time of the fault lab: it passes faster than real time, so that minutes of waiting take seconds. Programs that the lab
 * starts can share it (`clock-shift.mjs`), each with a computer's clock that is wrong in its own way.
 */
import { pathToFileURL } from 'node:url';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { later, type Moment, msBetween, readingOf } from '../../../src/facts/moment.ts';

const module = pathToFileURL(`${import.meta.dirname}/clock-shift.mjs`);

export interface ComputerClock {
  /** How far the computer's clock is ahead of the lab's. */
  readonly skewMs: number;
  /** A file with another skew, which is read at SIGUSR2. */
  readonly control: string;
}

export class LabClock implements Clock {
  readonly speed: number;
  readonly #at = systemClock.moment();
  readonly #epochMs = systemClock.now();

  constructor(speed: number) {
    this.speed = speed;
  }

  now(): number {
    return this.#epochMs + this.#passedMs();
  }

  moment(): Moment {
    return later(this.#at, this.#passedMs());
  }

  /** `ms` of the lab's time. */
  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return systemClock.wait(ms / this.speed, signal);
  }

  /** Options for Node that make a program live in the lab's time. */
  nodeOptions({ skewMs, control }: ComputerClock): readonly string[] {
    const url = new URL(module);
    const settings = { speed: this.speed, skew: skewMs, at: readingOf(this.#at), epoch: this.#epochMs };
    for (const [name, value] of Object.entries(settings)) url.searchParams.set(name, String(value));
    url.searchParams.set('control', control);
    return ['--import', url.href];
  }

  #passedMs(): number {
    return msBetween(this.#at, systemClock.moment()) * this.speed;
  }
}
