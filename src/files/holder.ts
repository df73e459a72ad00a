/**
 * Who holds a lock, as text in the lock, and whether that process is still running. A process ID alone is not enough:
 * IDs are reused, and a home folder can be shared by containers and computers that each count their own.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export interface Holder {
  /** Different each time a lock is taken. */
  readonly token: string;
  readonly pid: number;
  /** When the process started, in ticks since the computer did; null where the system does not tell. */
  readonly started: string | null;
  /** Where the process ID means something: computer, its last start, and the container. */
  readonly place: string;
}

/** `unknown`: it runs in another place, where this process cannot look. */
export type Life = 'running' | 'dead' | 'unknown';

let self: Omit<Holder, 'token'> | null = null;

/** This process, with a new token. */
export function newHolder(): Holder {
  self ??= { pid: process.pid, started: processState(process.pid)?.started ?? null, place: thisPlace() };
  return { token: randomBytes(8).toString('hex'), ...self };
}

export function holderText(holder: Holder): string {
  return JSON.stringify(holder);
}

/** Null for text that no holder wrote, or did not finish writing. */
export function holderIn(text: string): Holder | null {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content !== 'object' || content === null) return null;
    const { token, pid, started, place } = { token: null, pid: null, started: null, place: null, ...content };
    if (typeof token !== 'string' || !/^[0-9a-f]{16}$/.test(token)) return null;
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0 || typeof place !== 'string') return null;
    return { token, pid, started: typeof started === 'string' ? started : null, place };
  } catch {
    return null;
  }
}

export function lifeOf({ pid, started, place }: Holder): Life {
  if (place !== newHolder().place) return 'unknown';
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: there is such a process, of somebody else.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return 'dead';
  }
  const now = processState(pid);
  if (now === null || started === null) return 'running';
  return now.ended || now.started !== started ? 'dead' : 'running';
}

/** From /proc, which only Linux has; null elsewhere, and when there is no such process. */
function processState(pid: number): { readonly started: string; readonly ended: boolean } | null {
  const text = textOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The second field is the name in brackets, which can contain anything: proc(5).
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields?.[0], fields?.[19]];
  if (state === undefined || started === undefined) return null;
  // A killed process stays in the table until its parent asks how it ended.
  return { started, ended: state === 'Z' || state === 'X' };
}

function thisPlace(): string {
  const boot = textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const container = textOf(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), boot, container].filter((part) => part !== null).join(' ');
}

function textOf(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
