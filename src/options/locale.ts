/** What the locale, the terminal and the zone of this computer say about what is shown. */
import { terminalTypeOf } from '../terminal/terminal-type.ts';
import type { Environment } from './settings.ts';
import { computersZone } from './zone-names.ts';

/** The IANA name of the zone that this computer is set to, as the environment variable TZ has it, or as it is called today. */
export function localTimeZone(): string {
  return computersZone(new Intl.DateTimeFormat().resolvedOptions().timeZone, process.env.TZ);
}

/** Whether the terminal and the locale know UTF-8. One that nobody set (Windows, containers) is taken to be. */
export function speaksUnicode(environment: Environment): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  return terminalTypeOf(environment).unicode && (locale === '' || /utf-?8/i.test(locale));
}
