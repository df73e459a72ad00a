/** What the file system refuses, in plain words: what is in the way, and what to do about it. */
import { dirname } from 'node:path';

/** Both are clauses without a full stop that can stand after ": " or "; "; `todo` is empty when there is nothing to do. */
export interface FileTrouble {
  readonly reason: string;
  readonly todo: string;
}

/** Null for an error that is rare enough to be told in the system's own words. */
export function troubleOf(error: unknown, path: string): FileTrouble | null {
  const folder = dirname(path);
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return {
        reason: `permission denied: ${path}`,
        todo: `check owner and permissions of ${folder} and of what is in it`,
      };
    case 'EROFS':
      return { reason: `${folder} is on a read-only file system`, todo: 'choose a folder that can be written' };
    case 'ENOENT':
      return { reason: `the folder ${folder} does not exist`, todo: 'create it, or choose another one' };
    case 'ENOTDIR':
    case 'EEXIST':
      return { reason: `part of the path ${folder} is not a folder`, todo: 'move away the file that is in its place' };
    case 'EISDIR':
      return { reason: `${path} is a folder`, todo: 'move it away, or choose another file' };
    case 'ENOSPC':
    case 'EDQUOT':
      return { reason: `there is no space left in ${folder}`, todo: 'free some space' };
    case 'ENAMETOOLONG':
      return { reason: `the path ${path} is too long`, todo: 'choose a shorter one' };
    case 'ENXIO':
      return { reason: `${path} is a pipe or socket that nobody reads`, todo: 'choose a file' };
    case 'EAGAIN':
      return { reason: `what reads ${path} is too slow`, todo: 'choose a file' };
    case 'EPIPE':
      return { reason: `nobody reads ${path} any more`, todo: 'choose a file' };
    default:
      return null;
  }
}

/** The trouble as whole sentences, put on after what it means. */
export function sentencesOf({ reason, todo }: FileTrouble): string {
  return [reason, todo]
    .filter((clause) => clause !== '')
    .map((clause) => `${clause.slice(0, 1).toUpperCase()}${clause.slice(1)}.`)
    .join(' ');
}

/** What went wrong, as a clause without a full stop, in plain words where there are any. */
export function reasonOf(error: unknown, path: string): string {
  return troubleOf(error, path)?.reason ?? (error instanceof Error ? error.message : String(error));
}

export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
