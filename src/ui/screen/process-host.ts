/** The process that the program runs in, as the terminal guard sees it. */

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
const HUNG_UP = 129;

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
  report: (text) => {
    process.stderr.write(text);
  },
  exit: (code) => {
    // Node wants to reset the terminal at its exit, and aborts, with a core dump, when the terminal is gone. The signal
    // itself ends it without that.
    if (code === HUNG_UP && process.platform !== 'win32') {
      process.removeAllListeners('SIGHUP');
      process.kill(process.pid, 'SIGHUP');
    }
    process.exit(code);
  },
};
