/** What every command gets from `main.ts`: the streams and the edges of the world, so that all of it can be driven. */
import type { Writable } from 'node:stream';
import type { Clock } from './clock.ts';
import type { Host } from './ui/screen/process-host.ts';
import type { Terminal } from './ui/screen/terminal.ts';

/** A stream to write to, with what Node knows about the terminal or the file behind it. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly fd?: number };

export interface Io {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Edges {
  readonly clock: Clock;
  /** From 0 up to but not including 1. */
  readonly random: () => number;
  /** A new UUID. */
  readonly newId: () => string;
  readonly platform: NodeJS.Platform;
  /** Where the saved sign-in is kept between runs. */
  readonly dataFolder: () => Promise<string>;
  /** Where settings are looked for when no file was named. */
  readonly configFolder: () => Promise<string>;
  /** Signals, and the end of the process. */
  readonly host: Host;
  /** The screen; null when stdin or stdout is no terminal. */
  readonly terminal: (() => Promise<Terminal>) | null;
}

export interface Program {
  readonly io: Io;
  readonly edges: Edges;
  readonly version: string;
}
