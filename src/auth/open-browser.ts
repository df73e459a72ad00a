/**
 * Starting the person's browser. No shell is involved and only `https` addresses are opened, so that nothing in an
 * address can become a command.
 */
import { spawn } from 'node:child_process';
import type { Clock } from '../clock.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A launcher that still runs by then has become the browser itself. */
const LAUNCHED_AFTER_MS = 2_000;

/** False over SSH and without a display: a browser would open on the wrong computer, or not at all. */
export function canOpenBrowser(env: Environment, platform: NodeJS.Platform): boolean {
  if (env.SSH_CONNECTION || env.SSH_CLIENT || env.SSH_TTY) return false;
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** The program that opens `url` and its arguments; null when the address is not one for a browser. */
export function browserCommand(platform: NodeJS.Platform, url: string): readonly [string, ...string[]] | null {
  if (!URL.canParse(url)) return null;
  const { href, protocol } = new URL(url);
  if (protocol !== 'https:') return null;
  if (platform === 'darwin') return ['open', href];
  // `start` belongs to cmd.exe, which would read & and % in the address.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', href];
  return ['xdg-open', href];
}

/** Opens `url`, and tells whether a browser was started. Never rejects; the browser outlives this program. */
export async function openBrowser(
  url: string,
  where: { readonly clock: Clock; readonly env: Environment; readonly platform: NodeJS.Platform },
): Promise<boolean> {
  const command = browserCommand(where.platform, url);
  if (!command) return false;
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: 'ignore', detached: true, env: { ...where.env } });
  child.unref();
  const exited = new AbortController();
  const ended = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
  const launched = where.clock.wait(LAUNCHED_AFTER_MS, exited.signal).then(() => true);
  return Promise.race([ended, launched]).finally(() => exited.abort());
}
