/**
 * A file that keeps things between runs by key, such as sign-ins: for its owner alone, shared by any number of processes.
 * It must not know what is kept, and must not lose a file that it cannot understand. Why a file:
 * docs/decisions/token-cache.md; what makes it safe: `files/`.
 */
import { type Edit, editFile, troubleIn } from '../files/edit-file.ts';
import { troubleReading } from '../files/found-file.ts';
import type { FileTrouble } from '../files/in-words.ts';
import { readOwnFile } from '../files/own-file.ts';

/** What is saved, by key. */
type SavedByKey = ReadonlyMap<string, object>;

export interface CacheReading {
  readonly saved: SavedByKey;
  /** Why nothing could be read, or where a damaged file was put. */
  readonly trouble: FileTrouble | null;
}

export interface CacheFile {
  read(): Promise<CacheReading>;
  /**
   * Replaces what is saved by what `change` makes of it; `change` may be called several times, and returns the same map
   * when there is nothing to do. Gives why that could not be done, or null.
   */
  change(change: (saved: SavedByKey) => SavedByKey): Promise<FileTrouble | null>;
  /** Gives why nothing could be saved now, or null. Changes nothing but damaged files and loose permissions. */
  check(): Promise<FileTrouble | null>;
}

export interface CacheFileOptions {
  readonly path: string;
  /** What the file calls the things saved in it. */
  readonly name: string;
  /** How long to wait for other processes that change it, in ms. */
  readonly waitMs: number;
  /** Waits until what is saved is on the disk. */
  readonly durable: boolean;
  /** Hears, in a sentence, that others had access to the file until now. */
  readonly onTightened: (sentence: string) => void;
}

const FORMAT = 1;

export function openCacheFile({ path, name, waitMs, durable, onTightened }: CacheFileOptions): CacheFile {
  const setAsideAs = `${path}.corrupt`;

  /** `wasDamaged`: the file could not be understood, and was renamed. */
  async function edit(
    make: (saved: SavedByKey) => Edit,
  ): Promise<{ readonly trouble: FileTrouble | null; readonly wasDamaged: boolean }> {
    let wasDamaged = false;
    const ask = (bytes: Buffer | null): Edit => {
      const saved = bytes === null ? new Map<string, object>() : savedIn(bytes, name);
      if (saved !== null) return make(saved);
      wasDamaged = true;
      return { kind: 'setAside', as: setAsideAs };
    };
    const outcome = await editFile(path, ask, { waitMs, durable }, readOwnFile);
    if ('tightened' in outcome && outcome.tightened !== null) onTightened(outcome.tightened);
    return { trouble: troubleIn(outcome, path), wasDamaged };
  }

  async function read(): Promise<CacheReading> {
    const file = readOwnFile(path);
    if (file.kind === 'absent') return { saved: new Map(), trouble: null };
    if (file.kind !== 'read') return { saved: new Map(), trouble: troubleReading(file, path) };
    if (file.tightened !== null) onTightened(file.tightened);
    const saved = savedIn(file.bytes, name);
    if (saved !== null) return { saved, trouble: null };
    // Only under the lock nobody else can be replacing the damaged file by a good one.
    let now: SavedByKey = new Map();
    const { trouble, wasDamaged } = await edit((found) => {
      now = found;
      return { kind: 'keep' };
    });
    const damaged = { reason: `${path} is damaged and was kept as ${setAsideAs}`, todo: '' };
    return { saved: now, trouble: trouble ?? (wasDamaged ? damaged : null) };
  }

  return {
    read,
    check: async () => (await edit(() => ({ kind: 'keep' }))).trouble,
    change: async (change) => {
      const { saved, trouble } = await read();
      if (trouble === null && change(saved) === saved) return null;
      const { trouble: failed } = await edit((before) => {
        const after = change(before);
        if (after === before) return { kind: 'keep' };
        if (after.size === 0) return { kind: 'remove' };
        return { kind: 'write', bytes: bytesFor(after, name) };
      });
      return failed;
    },
  };
}

function bytesFor(saved: SavedByKey, name: string): Uint8Array {
  return Buffer.from(JSON.stringify({ format: FORMAT, [name]: Object.fromEntries(saved) }));
}

/** Null for what `bytesFor` did not give. */
function savedIn(bytes: Buffer, name: string): SavedByKey | null {
  const content = parsed(bytes.toString('utf8'));
  if (typeof content !== 'object' || content === null) return null;
  if (!('format' in content) || content.format !== FORMAT) return null;
  const things = new Map<string, unknown>(Object.entries(content)).get(name);
  if (typeof things !== 'object' || things === null) return null;
  const saved = new Map<string, object>();
  for (const [key, value] of Object.entries(things)) {
    if (typeof value !== 'object' || value === null) return null;
    saved.set(key, value);
  }
  return saved;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
