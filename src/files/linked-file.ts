/**
 * Files that the person keeps, such as settings: they may be links into another folder, belong to somebody else, be readable
 * by others, or be a pipe. They hold no secrets. Replacing one leaves links, mode and owner as they are.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync, type Stats } from 'node:fs';
import { systemClock } from '../clock.ts';
import { type Ask, type ChangeOptions, type ChangeOutcome, editFile } from './edit-file.ts';
import { bytesOf, type FoundFile, failure, kindOf, MOST_BYTES, ownersAlone } from './found-file.ts';
import { codeOf } from './in-words.ts';

/** What runs on the other end of a pipe has this long to send something. */
const PATIENCE_MS = 10_000;
const LOOKS_EVERY_MS = 10;
const CHUNK_BYTES = 65_536;

/** Reads the file, or the pipe. Never rejects, reads no more than 1 MB, and gives up on a pipe that stays silent. */
export async function readLinkedFile(path: string): Promise<FoundFile> {
  try {
    const opened = openAny(path);
    if (opened === null) return { kind: 'absent' };
    const { descriptor, status } = opened;
    try {
      const isStream = !status.isFile() && !status.isDirectory();
      return isStream ? await streamed(descriptor, status, path) : regular(descriptor, status, path);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return failure(error, path);
  }
}

/** Changes the file that `path` leads to. Rejects only when `ask` throws. */
export async function editLinkedFile(path: string, ask: Ask, options: ChangeOptions): Promise<ChangeOutcome> {
  try {
    const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    return editFile(isThere ? realpathSync(path) : path, ask, options, readRegular);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return failure(error, path);
    const reason = `${path} is a link to a file that does not exist`;
    return { kind: 'refused', reason, todo: 'create that file, or delete the link' };
  }
}

function readRegular(path: string): FoundFile {
  try {
    const opened = openAny(path);
    if (opened === null) return { kind: 'absent' };
    try {
      return regular(opened.descriptor, opened.status, path);
    } finally {
      closeSync(opened.descriptor);
    }
  } catch (error) {
    return failure(error, path);
  }
}

/** Null when there is nothing. Opening does not wait for the other end of a pipe. */
function openAny(path: string): { readonly descriptor: number; readonly status: Stats } | null {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return { descriptor, status: fstatSync(descriptor) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function regular(descriptor: number, status: Stats, path: string): FoundFile {
  if (!status.isFile()) return { kind: 'refused', reason: `${path} is ${kindOf(status)}`, todo: 'name a file' };
  if (status.size > MOST_BYTES) return tooLarge(path);
  const keep = { mode: status.mode & 0o777, owner: { uid: status.uid, gid: status.gid } };
  return { kind: 'read', bytes: bytesOf(descriptor), tightened: null, keep };
}

/** What comes through a pipe or out of a device until its end. */
async function streamed(descriptor: number, status: Stats, path: string): Promise<FoundFile> {
  const chunks: Buffer[] = [];
  let length = 0;
  for (let lastMs = performance.now(); ; ) {
    const chunk = readIfThere(descriptor);
    if (chunk === null) {
      if (performance.now() - lastMs > PATIENCE_MS) return silent(path, `sent nothing for ${PATIENCE_MS / 1000} s`);
      await systemClock.wait(LOOKS_EVERY_MS);
      continue;
    }
    if (chunk.length === 0) break;
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) return tooLarge(path);
    lastMs = performance.now();
  }
  if (length === 0 && status.isFIFO()) return silent(path, 'is a pipe that nothing came through');
  return { kind: 'read', bytes: Buffer.concat(chunks), tightened: null, keep: ownersAlone };
}

/** Empty at the end; null when there is nothing yet. */
function readIfThere(descriptor: number): Buffer | null {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  try {
    return chunk.subarray(0, readSync(descriptor, chunk));
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return null;
    throw error;
  }
}

function tooLarge(path: string): FoundFile {
  return { kind: 'refused', reason: `${path} is larger than 1 MB`, todo: 'check whether it is the right file' };
}

function silent(path: string, what: string): FoundFile {
  return { kind: 'refused', reason: `${path} ${what}`, todo: 'start what writes to it first, or name a file' };
}
