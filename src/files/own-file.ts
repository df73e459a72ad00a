/**
 * Reading files that the program made for itself and that others must neither read nor slip in: saved sign-ins, saved
 * views, counts shared between processes. What is found is checked on the open file, so that nothing can change in
 * between, and refused unless it is what this program would have left there.
 */
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  openSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { bytesOf, type FoundFile, failure, kindOf, MOST_BYTES, ownersAlone } from './found-file.ts';
import { codeOf, type FileTrouble } from './in-words.ts';

const FOR_OTHERS = 0o077;
const WRITABLE_FOR_OTHERS = 0o022;
/** In such a folder (like /tmp) only the owner of a file can replace it. */
const STICKY = 0o1000;

/** Reads the file at once. Never throws, never waits (not even for a pipe), and never takes more than 1 MB of memory. */
export function readOwnFile(path: string): FoundFile {
  try {
    const folder = checkedFolder(path);
    if (folder !== null && 'reason' in folder) return { kind: 'refused', ...folder };
    return checkedFile(path, folder?.tightened ?? null);
  } catch (error) {
    return failure(error, path);
  }
}

/** Null when the folder is missing, or as it should be. */
function checkedFolder(path: string): FileTrouble | { readonly tightened: string } | null {
  const folder = dirname(path);
  const status = statSync(folder, { throwIfNoEntry: false });
  if (status === undefined || !hasModes() || (status.mode & WRITABLE_FOR_OTHERS) === 0) return null;
  if ((status.mode & STICKY) !== 0) return null;
  if (status.uid !== process.geteuid?.()) {
    const reason = `others can replace files in ${folder}, which ${ownerOf(status)}`;
    return { reason, todo: 'have its owner close it to others, or choose another folder' };
  }
  chmodSync(folder, 0o700);
  return { tightened: `Others could replace files in ${folder} (mode ${modeOf(status)}). It is closed to them now.` };
}

function checkedFile(path: string, before: string | null): FoundFile {
  const descriptor = openUnlessLink(path);
  if (descriptor === null) return { kind: 'absent' };
  if (descriptor === 'link') return refusedAs('a symbolic link', path);
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) return refusedAs(kindOf(status), path);
    if (hasModes() && status.uid !== process.geteuid?.()) {
      const todo = `delete it, or make it yours: sudo chown "$(id -un)" '${path}'`;
      return { kind: 'refused', reason: `${path} ${ownerOf(status)}, so it is not trusted`, todo };
    }
    if (status.size > MOST_BYTES) return refusedAs(`larger than 1 MB, which is not something this program wrote`, path);
    const tightened = tighten(descriptor, status, path);
    if (tightened !== null && typeof tightened !== 'string') return { kind: 'refused', ...tightened };
    const said = [before, tightened].filter((sentence) => sentence !== null);
    return {
      kind: 'read',
      bytes: bytesOf(descriptor),
      tightened: said.length === 0 ? null : said.join(' '),
      keep: ownersAlone,
    };
  } finally {
    closeSync(descriptor);
  }
}

/** Null when there is nothing. Opening does not wait for the other end of a pipe. */
function openUnlessLink(path: string): number | 'link' | null {
  // Windows has no such flag, and lets only administrators make links.
  if (constants.O_NOFOLLOW === undefined && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return 'link';
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return null;
    if (code === 'ELOOP' || code === 'EMLINK') return 'link';
    throw error;
  }
}

/** Null when the file was closed to others, else a sentence; trouble when the file system keeps no modes. */
function tighten(descriptor: number, status: Stats, path: string): string | FileTrouble | null {
  if (!hasModes() || (status.mode & FOR_OTHERS) === 0) return null;
  fchmodSync(descriptor, 0o600);
  if ((fstatSync(descriptor).mode & FOR_OTHERS) !== 0) {
    const reason = `${path} is open to other users, and its file system does not let that be changed`;
    return { reason, todo: 'choose a folder on a file system that keeps permissions' };
  }
  return `Others could read ${path} (mode ${modeOf(status)}). It is closed to them now.`;
}

function refusedAs(what: string, path: string): FoundFile {
  const todo = `delete it or move it away, and entra-signups makes a new one`;
  return { kind: 'refused', reason: `${path} is ${what}, so it is not trusted`, todo };
}

function ownerOf({ uid }: Stats): string {
  return uid === 0 ? 'belongs to root' : `belongs to another user (user ID ${uid})`;
}

function modeOf({ mode }: Stats): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}

/** Windows protects files by other means, and tells modes that mean nothing. */
function hasModes(): boolean {
  return process.platform !== 'win32';
}
