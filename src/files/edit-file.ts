/**
 * Changing a file that any number of processes share: read, changed and replaced under a lock, so that no change is lost.
 * It must not know what is in the file, nor which files may be trusted: that is for whoever gives the `Reader`.
 */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { type FoundFile, failure, type Keep, MOST_BYTES, ownersAlone } from './found-file.ts';
import { codeOf, type FileTrouble } from './in-words.ts';
import { type Lock, takeLock } from './lock.ts';
import { removeLeftovers, replaceFile } from './replace-file.ts';

export type ChangeOutcome =
  /** `tightened`: a sentence, if others had access to the file until now. */
  | { readonly kind: 'changed'; readonly tightened: string | null }
  | { readonly kind: 'unchanged'; readonly tightened: string | null }
  /** The file, or the place for it, is not as it should be; `reason` and `todo` are clauses for the person. */
  | ({ readonly kind: 'refused' } & FileTrouble)
  /** Other processes had the lock all the time. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly error: Error };

export interface ChangeOptions {
  /** How long to wait for other processes, in ms of elapsed time. */
  readonly waitMs: number;
  /** Waits for the disk; without it a power failure can lose the change. Not set: false. */
  readonly durable?: boolean;
}

/** What to do with the file. After `setAside`, which renames it, the edit is asked again, now without a file. */
export type Edit =
  | { readonly kind: 'write'; readonly bytes: Uint8Array }
  | { readonly kind: 'remove' }
  | { readonly kind: 'setAside'; readonly as: string }
  | { readonly kind: 'keep' };

/** Asked under the lock, perhaps several times; it must not wait. `bytes` is null when there is no file. */
export type Ask = (bytes: Buffer | null) => Edit;

/** Reads the file, and says what of it is to be kept when it is replaced. */
export type Reader = (path: string) => FoundFile;

/** Creates the file, and its folder, for their owner alone when they are missing. Rejects only when `ask` throws. */
export async function editFile(
  path: string,
  ask: Ask,
  { waitMs, durable = false }: ChangeOptions,
  read: Reader,
): Promise<ChangeOutcome> {
  const endMs = performance.now() + waitMs;
  for (;;) {
    const lock = await lockBeside(path, endMs - performance.now());
    if ('kind' in lock) return lock;
    try {
      const outcome = await edited({ path, lock, durable, read }, ask);
      if (outcome !== null) return outcome;
    } finally {
      lock.release();
    }
  }
}

/** Why the file was not changed as it should have been; null when it was. */
export function troubleIn(outcome: ChangeOutcome, path: string): FileTrouble | null {
  switch (outcome.kind) {
    case 'changed':
    case 'unchanged':
      return null;
    case 'refused':
      return { reason: outcome.reason, todo: outcome.todo };
    case 'busy':
      return {
        reason: `another process is holding ${path}.lock`,
        todo: 'try again; if no other entra-signups is running, delete that file',
      };
    case 'failed':
      return { reason: outcome.error.message, todo: `check whether ${path} can be read and written` };
  }
}

interface Held {
  readonly path: string;
  readonly lock: Lock;
  readonly durable: boolean;
  readonly read: Reader;
}

/** Under the lock. Null when the lock was lost: all of it has to be done again. */
async function edited(held: Held, ask: Ask): Promise<ChangeOutcome | null> {
  const { path, lock, read } = held;
  const file = read(path);
  if (file.kind === 'refused' || file.kind === 'failed') return file;
  const tightened = file.kind === 'read' ? file.tightened : null;
  const edit = ask(file.kind === 'read' ? file.bytes : null);
  if (edit.kind === 'keep') return { kind: 'unchanged', tightened };
  try {
    removeLeftovers(path, lock);
    switch (edit.kind) {
      case 'setAside': {
        renameSync(path, edit.as);
        const rest = await edited(held, ask);
        return rest?.kind === 'unchanged' ? { ...rest, kind: 'changed' } : rest;
      }
      case 'remove':
        rmSync(path, { force: true });
        return { kind: 'changed', tightened };
      case 'write': {
        const isReplaced = await written(held, edit.bytes, file.kind === 'read' ? file.keep : ownersAlone);
        return typeof isReplaced === 'boolean' ? (isReplaced ? { kind: 'changed', tightened } : null) : isReplaced;
      }
    }
  } catch (error) {
    return failure(error, path);
  }
}

/** False when the lock was lost. */
async function written(
  { path, lock, durable }: Held,
  bytes: Uint8Array,
  keep: Keep,
): Promise<boolean | (ChangeOutcome & { readonly kind: 'refused' })> {
  if (bytes.length > MOST_BYTES) {
    return { kind: 'refused', reason: `${path} would become larger than 1 MB`, todo: 'take something out of it' };
  }
  return replaceFile(path, lock, { bytes, durable, ...keep });
}

/** Creates the folder when it is missing. */
async function lockBeside(path: string, waitMs: number): Promise<Lock | ChangeOutcome> {
  const lockPath = `${path}.lock`;
  try {
    return (await takeLock(lockPath, waitMs)) ?? { kind: 'busy' };
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return failure(error, path);
  }
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return (await takeLock(lockPath, waitMs)) ?? { kind: 'busy' };
  } catch (error) {
    return failure(error, path);
  }
}
