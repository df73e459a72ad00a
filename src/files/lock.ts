/**
 * A lock that processes share: an entry beside the file that it guards, which names its holder. It is created only if it is
 * not there, which every file system does in one step. The lock of a process that was killed is taken over: at once where
 * the process can be seen to be gone, else when the lock has not changed for a while.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { systemClock } from '../clock.ts';
import { bytesOf } from './found-file.ts';
import { type Holder, holderIn, holderText, lifeOf, newHolder } from './holder.ts';
import { codeOf } from './in-words.ts';

export interface Lock {
  readonly token: string;
  /** False when others took the lock over, because this process stood still for too long. */
  isOurs(): boolean;
  release(): void;
}

/** A lock as it was found; `id` differs from one time it is taken to the next. */
interface Found {
  readonly id: string;
  readonly holder: Holder | null;
  readonly modifiedMs: number;
}

/** A lock is held for milliseconds; whoever has held one for so long is stopped, or gone. */
const ABANDONED_MS = 5_000;
const LONGEST_PAUSE_MS = 20;

/** When each lock was first found as it is now, by elapsed time; kept between calls that wait only briefly. */
const firstFound = new Map<string, { readonly id: string; readonly atMs: number }>();

/**
 * Waits up to `waitMs` of elapsed time for the lock at `path`, whose folder must exist; null when others had it all that
 * time. Throws what the file system says when no lock can be made there.
 */
export async function takeLock(path: string, waitMs: number): Promise<Lock | null> {
  const endMs = performance.now() + waitMs;
  for (let round = 1; ; round++) {
    const lock = tryLock(path) ?? takeOver(path);
    if (lock !== null) {
      firstFound.delete(path);
      return lock;
    }
    const leftMs = endMs - performance.now();
    if (leftMs <= 0) return null;
    // By chance, so that those who wait do not keep meeting.
    await systemClock.wait(Math.min(leftMs, Math.random() * Math.min(round, LONGEST_PAUSE_MS)));
  }
}

/** Null when the lock is taken. */
function tryLock(path: string): Lock | null {
  const holder = newHolder();
  const text = holderText(holder);
  try {
    createLock(path, text);
  } catch (error) {
    if (isTaken(error)) return null;
    throw error;
  }
  const isOurs = () => textOf(path) === text;
  return {
    token: holder.token,
    isOurs,
    release: () => {
      if (isOurs()) rmSync(path, { force: true });
    },
  };
}

/**
 * A link whose target is the text: there at once with all of its text, or not at all, even if this process is killed.
 * Where there are no links, a file, which can be left empty in that case.
 */
function createLock(path: string, text: string): void {
  if (process.platform !== 'win32') {
    try {
      symlinkSync(text, path);
      return;
    } catch (error) {
      if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(String(codeOf(error)))) throw error;
    }
  }
  writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
}

/** Takes the lock from a holder who is gone; null when it is held, or others were quicker. */
function takeOver(path: string): Lock | null {
  const found = find(path);
  if (found === null) return tryLock(path);
  const life = found.holder === null ? 'unknown' : lifeOf(found.holder);
  const isDead = life === 'dead' || hasStoodFor(path, found) > ABANDONED_MS;
  // By the clock of this computer only to avoid needless work: the file system's own decides.
  const mayBeOld = life === 'unknown' && Math.abs(Date.now() - found.modifiedMs) > ABANDONED_MS;
  if (!isDead && !mayBeOld) return null;
  removeAbandoned(path, found, isDead);
  return tryLock(path);
}

/**
 * Removes a lock whose holder is gone. Two processes can find that out, and the slower one must not remove the lock that
 * the quicker one has taken meanwhile: so the right to remove this very lock is a lock, too, which is taken over in the
 * same way if need be.
 */
function removeAbandoned(path: string, found: Found, isDead: boolean): void {
  const right = tryLock(`${path}.${found.id}`) ?? takeOver(`${path}.${found.id}`);
  if (right === null) return;
  try {
    if (find(path)?.id !== found.id) return;
    const nowMs = find(`${path}.${found.id}`)?.modifiedMs ?? found.modifiedMs;
    if (isDead || nowMs - found.modifiedMs > ABANDONED_MS) rmSync(path, { force: true });
  } finally {
    right.release();
  }
}

/** How long the lock has been seen as it is now. */
function hasStoodFor(path: string, { id }: Found): number {
  const before = firstFound.get(path);
  const nowMs = performance.now();
  if (before?.id === id) return nowMs - before.atMs;
  firstFound.set(path, { id, atMs: nowMs });
  return 0;
}

/** Null when there is no lock. Whatever else lies there counts as a lock of nobody that can be known. */
function find(path: string): Found | null {
  const status = lstatSync(path, { throwIfNoEntry: false });
  const text = status && textOf(path);
  if (status === undefined || text === null || text === undefined) return null;
  const holder = holderIn(text);
  return { holder, id: holder?.token ?? `${status.ino}-${Math.round(status.mtimeMs)}`, modifiedMs: status.mtimeMs };
}

/** Null when there is no lock; empty when it is none of ours. */
function textOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? null : textOfFile(path);
  }
}

function textOfFile(path: string): string | null {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      return fstatSync(descriptor).isFile() ? bytesOf(descriptor).toString('utf8') : '';
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? null : '';
  }
}

/** Windows refuses a name whose file is just being removed in other words. */
function isTaken(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'EEXIST' || (process.platform === 'win32' && (code === 'EPERM' || code === 'EBUSY'));
}
