/** What came of looking for a file, whoever it belongs to, and reading what was opened. */
import { fstatSync, readSync, type Stats } from 'node:fs';
import { type FileTrouble, troubleOf } from './in-words.ts';

export type FoundFile =
  | {
      readonly kind: 'read';
      readonly bytes: Buffer;
      /** A sentence, if others had access until now to a file that is none of their business. */
      readonly tightened: string | null;
      readonly keep: Keep;
    }
  | { readonly kind: 'absent' }
  /** It is not what it should be, or the system does not let it be read. */
  | ({ readonly kind: 'refused' } & FileTrouble)
  | { readonly kind: 'failed'; readonly error: Error };

/** What a file in its place shall have of the old one; `owner` is null for whoever makes it. */
export interface Keep {
  readonly mode: number;
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

/** How files of the program's own are made. */
export const ownersAlone: Keep = { mode: 0o600, owner: null };

/** No file that the program reads at once comes near this size. */
export const MOST_BYTES = 1024 * 1024;

/** Why the file could not be read. */
export function troubleReading(file: FoundFile & { readonly kind: 'refused' | 'failed' }, path: string): FileTrouble {
  if (file.kind === 'refused') return { reason: file.reason, todo: file.todo };
  return { reason: file.error.message, todo: `check whether ${path} can be read` };
}

/** The outcome that an error of the file system is. */
export function failure(error: unknown, path: string): FoundFile & { readonly kind: 'refused' | 'failed' } {
  const trouble = troubleOf(error, path);
  if (trouble !== null) return { kind: 'refused', ...trouble };
  return { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
}

/** All of an open regular file, as long as it was when measured, but no more than 1 MB. */
export function bytesOf(descriptor: number): Buffer {
  const bytes = Buffer.alloc(Math.min(fstatSync(descriptor).size, MOST_BYTES));
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(descriptor, bytes, length, bytes.length - length, length);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

/** What is no regular file, in a word. */
export function kindOf(status: Stats): string {
  if (status.isDirectory()) return 'a folder';
  if (status.isFIFO()) return 'a pipe';
  return status.isSocket() ? 'a socket' : 'a device';
}
