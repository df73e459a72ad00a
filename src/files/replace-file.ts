/**
 * Replacing a file as a whole or not at all: written beside it, then moved into its place. Only whoever holds the lock of
 * the file may do so; that is how leftovers of killed processes are told from files in use.
 */
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Keep } from './found-file.ts';
import type { Lock } from './lock.ts';

export interface Replacement extends Keep {
  readonly bytes: Uint8Array;
  /** Waits until the bytes are on the disk, so that a power failure leaves the old file or the new one. */
  readonly durable: boolean;
}

/** False when the lock was lost meanwhile: nothing has changed. Rejects with what the file system says. */
export async function replaceFile(path: string, lock: Lock, replacement: Replacement): Promise<boolean> {
  const { bytes, mode, owner, durable } = replacement;
  const beside = `${path}.${lock.token}.tmp`;
  try {
    const descriptor = openSync(beside, 'wx', mode);
    try {
      writeAll(descriptor, bytes);
      if (owner !== null) giveTo(descriptor, owner);
      // What the umask took away.
      fchmodSync(descriptor, mode);
      if (durable) await promisify(fsync)(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (!lock.isOurs()) return false;
    renameSync(beside, path);
    return true;
  } catch (error) {
    // Whoever took the lock over has removed what lay beside the file.
    if (lock.isOurs()) throw error;
    return false;
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Removes what killed processes left beside the file. The caller holds the lock, so nobody else is writing. */
export function removeLeftovers(path: string, lock: Lock): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    if (isLeftover(name, basename(path)) && !name.includes(lock.token)) rmSync(join(folder, name), { force: true });
  }
}

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** A file being written; also as earlier versions named it; and the right to remove a lock. */
const leftover = new RegExp(`^\\.([0-9a-f]{16}\\.tmp|(\\d+\\.)?${uuid}(\\.tmp)?|lock(\\.([0-9a-f]{16}|\\d+-\\d+))+)$`);

function isLeftover(name: string, base: string): boolean {
  return name.startsWith(`${base}.`) && leftover.test(name.slice(base.length));
}

/** Does nothing when the file is theirs already, which is nearly always. */
function giveTo(descriptor: number, { uid, gid }: NonNullable<Keep['owner']>): void {
  const made = fstatSync(descriptor);
  if (made.uid !== uid || made.gid !== gid) fchownSync(descriptor, uid, gid);
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}
