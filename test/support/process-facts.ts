/** What Linux tells of a running process. */
import { readFileSync } from 'node:fs';
import { until } from './until.ts';

/** Whether the process runs; one that has ended and whose parent has not been told yet does not. */
export function isRunning(pid: number): boolean {
  const fields = statOf(pid);
  return fields !== null && fields[0] !== 'Z';
}

/** Resident memory, in bytes. */
export function memoryOf(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1]) * 1024;
}

/** Resolves when the process has used no processor time for so many looks in a row: it waits for something. */
export async function untilIdle(pid: number, looks = 30): Promise<void> {
  let before = '';
  let same = 0;
  await until(
    () => {
      const [, ...rest] = statOf(pid) ?? [];
      const used = rest.slice(10, 12).join(' ');
      same = used === before ? same + 1 : 0;
      before = used;
      return same >= looks;
    },
    () => `process ${pid} never rests`,
  );
}

/** Resolves when the process has worked without a rest for so many ticks of the kernel's clock (10 ms each, mostly). */
export async function untilBusy(pid: number, ticks = 20): Promise<void> {
  const used = () => Number((statOf(pid) ?? [])[11]);
  const before = used();
  await until(
    () => used() >= before + ticks,
    () => `process ${pid} does nothing`,
  );
}

/** Milliseconds until the process has ended. */
export async function timeToEnd(pid: number): Promise<number> {
  const startMs = performance.now();
  await until(
    () => !isRunning(pid),
    () => `process ${pid} does not end`,
  );
  return performance.now() - startMs;
}

/** The fields of /proc/PID/stat from the state on; null when there is no such process. */
function statOf(pid: number): readonly string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
