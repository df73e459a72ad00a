/**
 * Sees to it that the terminal is given back: at exit, at a crash, at a signal, and while the program is suspended. Must
 * not know how the terminal is taken and given back.
 */
import { constants } from 'node:os';
import type { Clock } from '../../clock.ts';
import { visibleText } from '../../signup/visible-text.ts';
import type { Host } from './process-host.ts';

export interface GuardOptions {
  readonly host: Host;
  readonly clock: Clock;
  /** Gives the terminal back until `resume`, before it returns. */
  readonly suspend: () => void;
  /** Takes the terminal (again) and draws everything. */
  readonly resume: () => void;
  /** Gives the terminal back for good, before it returns; may be called several times. */
  readonly close: () => void;
}

export interface TerminalGuard {
  /** Stops the program, as ^Z does, until it is continued. */
  suspend(): void;
  /** Stops watching the process. */
  release(): void;
}

/** A stopped program does not see this time pass; one that could not be stopped goes on after it. */
const STOPPED_WITHIN_MS = 100;

const DEADLY = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Starts watching the process. A deadly signal ends it with 128 + the signal's number, a crash with 1. */
export function guardTerminal({ host, clock, suspend, resume, close }: GuardOptions): TerminalGuard {
  let stopWaiting: AbortController | null = null;
  let forgetStop = host.onSignal('SIGTSTP', stop);

  /** Also when the program was stopped without being asked (SIGSTOP): the shell has used the terminal since. */
  function goOn(): void {
    stopWaiting?.abort();
    stopWaiting = null;
    forgetStop();
    forgetStop = host.onSignal('SIGTSTP', stop);
    resume();
  }

  function stop(): void {
    if (stopWaiting) return;
    const waiting = new AbortController();
    stopWaiting = waiting;
    suspend();
    // Without a listener the signal does what it is for.
    forgetStop();
    host.stop();
    void clock.wait(STOPPED_WITHIN_MS, waiting.signal).then(() => {
      if (!waiting.signal.aborted) goOn();
    });
  }

  const forget = [
    host.onSignal('SIGCONT', goOn),
    host.onExit(close),
    host.onCrash((error) => {
      close();
      host.report(describe(error));
      host.exit(1);
    }),
    ...DEADLY.map((signal) =>
      host.onSignal(signal, () => {
        close();
        host.exit(128 + constants.signals[signal]);
      }),
    ),
  ];

  return {
    suspend: stop,
    release: () => {
      stopWaiting?.abort();
      forgetStop();
      for (const off of forget) off();
    },
  };
}

/** What an error says may be text from outside: made visible line by line. */
function describe(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${text.split('\n').map(visibleText).join('\n')}\n`;
}
