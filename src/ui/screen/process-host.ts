/** The process that the program runs in, as the terminal guard sees it. */
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { writeNow } from '../../terminal/unblocked.ts';

export type GuardedSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGQUIT' | 'SIGTSTP' | 'SIGCONT';

/** Listeners are taken off by calling what `on…` gives. */
export interface Host {
  onSignal(signal: GuardedSignal, listener: () => void): () => void;
  /** An error that nobody caught, thrown or as a rejection. */
  onCrash(listener: (error: unknown) => void): () => void;
  onExit(listener: () => void): () => void;
  /** Stops the job, as ^Z does in a terminal that is not raw. Nothing happens where there is no job control. */
  stop(): void;
  /** Says something on stderr, synchronously. */
  report(text: string): void;
  exit(code: number): void;
}

/** As a shell counts a program that SIGHUP ended. */
export const HUNG_UP = 129;

const REPORT_PATIENCE_MS = 500;

const terminals = [0, 1, 2].filter((fd) => isatty(fd));

/** The real process. */
export const processHost: Host = {
  onSignal: (signal, listener) => {
    process.on(signal, listener);
    return () => process.off(signal, listener);
  },
  onCrash: (listener) => {
    process.on('uncaughtException', listener);
    process.on('unhandledRejection', listener);
    return () => {
      process.off('uncaughtException', listener);
      process.off('unhandledRejection', listener);
    };
  },
  onExit: (listener) => {
    process.on('exit', listener);
    return () => process.off('exit', listener);
  },
  stop: () => {
    // The whole group, because a shell only takes the terminal back when all of the job has stopped (npx, for one, is
    // part of it). Windows has no such signal.
    if (process.platform !== 'win32') process.kill(0, 'SIGTSTP');
  },
  report: (text) => writeNow(2, text, REPORT_PATIENCE_MS),
  exit: (code) => {
    // At its exit Node resets the terminal, and aborts with a core dump when that has gone.
    if (terminals.some((fd) => !isatty(fd))) endBy(signalOf(code) ?? 'SIGHUP');
    // It also waits for calls that do not come back, such as the look-up of a name that nobody answers.
    const signal = signalOf(code);
    if (signal !== null && hasCallsUnderWay()) endBy(signal);
    process.exit(code);
  },
};

type EndingSignal = (typeof endingSignals)[number];

const endingSignals = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

/** The signal that a shell takes for the reason of an exit code; null when it is none that ends this program. */
function signalOf(code: number): EndingSignal | null {
  return endingSignals.find((name) => 128 + constants.signals[name] === code) ?? null;
}

/** Ends the process by the signal itself: a shell counts that as the same code. Returns only on Windows, without effect. */
function endBy(signal: EndingSignal): void {
  if (process.platform === 'win32') return;
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

function hasCallsUnderWay(): boolean {
  return process.getActiveResourcesInfo().some((name) => /^(GetAddrInfo|GetNameInfo|FSReq)/.test(name));
}
