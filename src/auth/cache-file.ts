/**
 * A file that holds what is saved between runs, such as sign-ins: readable by its owner alone, replaced as a whole or not at
 * all, and shared by any number of processes. It must not know what is saved, and must not lose a file that it cannot read.
 * Why a file, and how processes share it: docs/decisions/token-cache.md.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What is saved, by key. */
type SavedByKey = ReadonlyMap<string, object>;

export interface CacheFile {
  /** Throws when the file exists and the system refuses to read it. */
  read(): SavedByKey;
  /**
   * Replaces what is saved by what `change` makes of it; `change` may be called again when another process was faster,
   * and returns the same map when there is nothing to do. Rejects when the file cannot be written.
   */
  change(change: (saved: SavedByKey) => SavedByKey): Promise<void>;
}

const FORMAT = 1;
/** Each round is lost to another process that wrote at the very same moment, and made progress. */
const MOST_ROUNDS = 50;
/** The lock is held for the moment of one move; one that is older was left by a process that was killed. */
const LOCK_IS_STALE_MS = 10_000;

/** `onSetAside` hears where a file was put that could not be understood; `name`: what the file calls the things saved in it. */
export function openCacheFile(path: string, onSetAside: (keptAt: string) => void, name = 'signIns'): CacheFile {
  function textNow(): string | null {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  /** What is saved, with the text that it was read from. */
  function look(): { readonly text: string | null; readonly saved: SavedByKey } {
    const text = textNow();
    const saved = text === null ? new Map<string, object>() : savedIn(text, name);
    if (saved) return { text, saved };
    const keptAt = `${path}.corrupt`;
    renameSync(path, keptAt);
    onSetAside(keptAt);
    return { text: null, saved: new Map() };
  }

  return {
    read: () => look().saved,
    change: async (change) => {
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const { text, saved } = look();
        const changed = change(saved);
        if (changed === saved) return;
        if (await replace(path, name, changed, () => textNow() === text)) return;
      }
      throw new Error(`${path} is being changed by other processes all the time.`);
    },
  };
}

/** Writes beside the file, then moves into its place, but only if `unchanged` still holds at the last moment. */
async function replace(path: string, name: string, saved: SavedByKey, unchanged: () => boolean): Promise<boolean> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}.${randomUUID()}.tmp`;
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify({ format: FORMAT, [name]: Object.fromEntries(saved) }));
      await handle.sync();
    } finally {
      await handle.close();
    }
    return locked(path, statSync(beside).mtimeMs, () => {
      if (!unchanged()) return false;
      if (saved.size === 0) rmSync(path, { force: true });
      else renameSync(beside, path);
      return true;
    });
  } finally {
    await rm(beside, { force: true });
  }
}

/**
 * Does `work` while no other process does; false when one does just now. Nothing is awaited inside, so the lock is gone
 * in a moment. `nowMs` is the time by the file system's own clock, which dates the lock as well.
 */
function locked(path: string, nowMs: number, work: () => boolean): boolean {
  const lock = `${path}.lock`;
  try {
    closeSync(openSync(lock, 'wx', 0o600));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    const takenMs = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? nowMs;
    if (nowMs - takenMs > LOCK_IS_STALE_MS) rmSync(lock, { force: true });
    return false;
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

function savedIn(text: string, name: string): SavedByKey | null {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content !== 'object' || content === null) return null;
    if (!('format' in content) || content.format !== FORMAT) return null;
    const things: unknown = new Map<string, unknown>(Object.entries(content)).get(name);
    if (typeof things !== 'object' || things === null) return null;
    const saved = new Map<string, object>();
    for (const [key, value] of Object.entries(things)) {
      if (typeof value !== 'object' || value === null) return null;
      saved.set(key, value);
    }
    return saved;
  } catch {
    return null;
  }
}
