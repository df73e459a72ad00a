/** SIGINT and SIGTERM as one abort signal and an exit code. Only for commands that leave the terminal as it is. */
import type { Host } from '../ui/screen/process-host.ts';

export interface Interruption {
  readonly signal: AbortSignal;
  /** 130 or 143; only meaningful once `signal` is aborted. */
  exitCode(): number;
  /** Stops listening. */
  release(): void;
}

const codes = { SIGINT: 130, SIGTERM: 143 } as const;

/** The first signal asks for an orderly end, the second one ends the process at once. */
export function listenForInterruption(host: Host): Interruption {
  const controller = new AbortController();
  let code: number = codes.SIGINT;
  const listen = (name: keyof typeof codes) =>
    host.onSignal(name, () => {
      if (controller.signal.aborted) host.exit(codes[name]);
      code = codes[name];
      controller.abort();
    });
  const forget = [listen('SIGINT'), listen('SIGTERM')];
  return {
    signal: controller.signal,
    exitCode: () => code,
    release: () => {
      for (const off of forget) off();
    },
  };
}
